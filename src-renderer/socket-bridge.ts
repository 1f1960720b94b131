import { ref } from 'vue';
import { SOCKET_PATH, type BridgeResponse } from '@shared/contract/bridge';
import type { NotificationMessage, RequestMessage, ServerMessage } from '@shared/contract/studio-api';
import { decodeFrame, encodeFrame } from '@shared/contract/wire';
import { StudioError, type Problem } from '@shared/problem';
import type { ConnectionState, WindowBridge } from './bridge';

const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 5000;

const GONE: Problem = {
  code: 'studio-gone',
  message: 'The studio does not answer.',
  fix: 'Start it again, and open the address that it prints.',
};

/** Close code for a frame that makes no sense; of the range that programs may use as they like. */
const UNREADABLE = 4000;

/** A bridge that can be taken down again. */
export interface SocketBridge extends WindowBridge {
  /** Ends the connection for good. */
  close(): void;
}

interface Waiting {
  request: RequestMessage;
  answer: (response: BridgeResponse) => void;
}

/** The message in a frame; null when it is none. */
function read(frame: ArrayBuffer): ServerMessage | null {
  try {
    return decodeFrame(new Uint8Array(frame)) as ServerMessage;
  } catch (error) {
    if (error instanceof StudioError) return null;
    throw error;
  }
}

/**
 * A bridge over the WebSocket of this page's own origin. Requests made before the first connection wait for it; when the connection is
 * lost or its other end sends what cannot be read, what was asked fails with studio-gone, and the bridge tries again on its own, ever more slowly.
 */
export function socketBridge(url = socketUrl()): SocketBridge {
  const connection = ref<ConnectionState>('connecting');
  const listeners = new Set<(message: NotificationMessage) => void>();
  const waiting = new Map<number, Waiting>();
  let socket: WebSocket | null = null;
  let nextId = 1;
  let wait = FIRST_WAIT_MILLISECONDS;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function send({ request }: Waiting): void {
    socket?.send(encodeFrame(request));
  }

  function receive(message: ServerMessage): void {
    if ('notification' in message) {
      for (const listener of listeners) listener(message);
      return;
    }
    const { id, ...response } = message;
    waiting.get(id)?.answer(response);
    waiting.delete(id);
  }

  function lose(): void {
    connection.value = 'lost';
    for (const { answer } of waiting.values()) answer({ ok: false, problem: GONE });
    waiting.clear();
    retry = setTimeout(connect, wait);
    wait = Math.min(LONGEST_WAIT_MILLISECONDS, wait * 2);
  }

  function connect(): void {
    const own = new WebSocket(url);
    socket = own;
    own.binaryType = 'arraybuffer';
    own.onopen = () => {
      wait = FIRST_WAIT_MILLISECONDS;
      connection.value = 'open';
      for (const entry of waiting.values()) send(entry);
    };
    own.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      const message = read(event.data);
      if (message) {
        receive(message);
        return;
      }
      // Nobody can tell whose answer it was: all that wait are told that there will be none.
      own.onmessage = null;
      own.close(UNREADABLE, 'unreadable frame');
    };
    own.onclose = lose;
  }

  connect();
  return {
    connection,
    request: (method, params) =>
      new Promise((answer) => {
        if (connection.value === 'lost') {
          answer({ ok: false, problem: GONE });
          return;
        }
        const entry: Waiting = { request: { id: nextId++, method, params }, answer };
        waiting.set(entry.request.id, entry);
        if (connection.value === 'open') send(entry);
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      if (socket) socket.onclose = null;
      clearTimeout(retry);
      socket?.close();
    },
  };
}

function socketUrl(): string {
  const url = new URL(SOCKET_PATH, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  url.hash = '';
  return url.href;
}
