import { computed, shallowRef, type Ref } from 'vue';
import type { StudioBridge } from '@shared/contract/bridge';
import {
  methods,
  notifications,
  type MethodName,
  type NotificationMessage,
  type NotificationName,
  type NotificationOf,
  type ParamsOf,
  type ResultOf,
} from '@shared/contract/studio-api';
import { StudioError } from '@shared/problem';

/** `connecting`: the first time; `lost`: the studio's process does not answer any more. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

/** A bridge of this window, and whether the studio is at its other end. */
export interface WindowBridge extends StudioBridge {
  readonly connection: Readonly<Ref<ConnectionState>>;
}

function unreadable(what: string, why: string): StudioError {
  return new StudioError({
    code: 'answer-unreadable',
    message: `The studio sent something that this window does not understand (${what}: ${why}).`,
    fix: 'Reload the window: the two may be of different versions.',
  });
}

/** The studio as the window sees it: typed requests and notifications over whatever bridge the shell gave. */
class StudioClient {
  /** Whether the studio answers. Under Electron it always does: window and studio end together. */
  readonly connection = computed<ConnectionState>(() => this.#bridge.value?.connection.value ?? 'connecting');
  readonly #bridge = shallowRef<WindowBridge | null>(null);
  readonly #handlers = new Map<NotificationName, Set<(payload: unknown) => void>>();

  /** Takes the bridge into use; once, before the first request. */
  attach(bridge: WindowBridge): void {
    this.#bridge.value = bridge;
    bridge.subscribe((message) => {
      this.#receive(message);
    });
  }

  /**
   * Asks the studio.
   * @throws StudioError what the studio answered when it could not; studio-gone when it does not answer; answer-unreadable
   */
  async request<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> {
    const bridge = this.#bridge.value;
    if (!bridge) throw new Error('The studio was asked before its bridge was attached');
    const response = await bridge.request(method, params);
    if (!response.ok) throw new StudioError(response.problem);
    const parsed = methods[method].result.safeParse(response.result);
    if (parsed.success) return parsed.data as ResultOf<M>;
    throw unreadable(method, parsed.error.issues[0]?.message ?? 'unknown');
  }

  /** Full path of a file that was dropped into the window; null where only its content can be had. */
  pathOf(file: File): string | null {
    return this.#bridge.value?.pathOf?.(file) || null;
  }

  /** Calls back for every notification of a name until the returned function is called. */
  onNotification<N extends NotificationName>(
    name: N,
    handler: (payload: NotificationOf<N>) => void,
  ): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers);
    handlers.add(handler as (payload: unknown) => void);
    return () => {
      handlers.delete(handler as (payload: unknown) => void);
    };
  }

  #receive({ notification, payload }: NotificationMessage): void {
    if (!Object.hasOwn(notifications, notification)) throw unreadable(notification, 'unknown name');
    const name = notification as NotificationName;
    const parsed = notifications[name].safeParse(payload);
    if (!parsed.success) throw unreadable(name, parsed.error.issues[0]?.message ?? 'unknown');
    for (const handler of this.#handlers.get(name) ?? []) handler(parsed.data);
  }
}

/** The one studio of this window. */
export const studio = new StudioClient();
