/** A header of a tar archive with its checksum. */
function tarHeader(name: string, bytes: number, type: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(bytes.toString(8).padStart(11, '0'), 124);
  header.fill(0x20, 148, 156);
  header.write(type, 156);
  header.write('ustar\u000000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** A tar archive of files in a folder, which is an entry of its own. */
export function tarOf(folder: string, files: readonly (readonly [string, Uint8Array])[]): Buffer {
  const entries = files.flatMap(([name, bytes]) => [
    tarHeader(`${folder}/${name}`, bytes.length, '0'),
    bytes,
    Buffer.alloc((512 - (bytes.length % 512)) % 512),
  ]);
  return Buffer.concat([tarHeader(`${folder}/`, 0, '5'), ...entries, Buffer.alloc(1024)]);
}
