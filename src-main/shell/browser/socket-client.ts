import type { WebSocket } from 'ws';
import { decodeFrame, encodeFrame } from '@shared/contract/wire';
import { z } from 'zod';
import type { ServerMessage } from '@shared/contract/studio-api';
import type { Studio } from '../../services/studio';

const requestSchema = z.object({ id: z.int().nonnegative(), method: z.string(), params: z.unknown() });

/** What a window may leave unread before it is cut off; it then reconnects and gets a snapshot. */
const MAX_UNREAD_BYTES = 256e6;

/** Connects one WebSocket to the studio; the line ends with the socket. A frame that is no request closes it. */
export function serveSocket(socket: WebSocket, studio: Studio): void {
  const send = (message: ServerMessage): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    else socket.send(encodeFrame(message));
  };
  const connection = studio.connect({ send });

  async function answer(bytes: Uint8Array): Promise<void> {
    const { id, method, params } = requestSchema.parse(decodeFrame(bytes));
    send({ id, ...(await connection.handle(method, params)) });
  }

  socket.binaryType = 'nodebuffer';
  socket.on('message', (data, isBinary) => {
    const bytes = data as Buffer;
    if (!isBinary) socket.close(1003, 'binary frames only');
    else
      answer(bytes).catch(() => {
        socket.close(1007, 'no request');
      });
  });
  socket.on('error', () => {
    socket.terminate();
  });
  socket.on('close', () => {
    connection.close();
  });
}
