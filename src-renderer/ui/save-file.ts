/** Offers bytes or text to the person as a file to save, under a name. */
export function saveFile(name: string, content: Uint8Array | string, type: string): void {
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  const address = URL.createObjectURL(new Blob([part], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content over by the time the next task runs.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  });
}
