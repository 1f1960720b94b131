const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Whether a request was addressed to this machine by a loopback name. Any other name is somebody's domain that was pointed here (DNS
 * rebinding). The port may differ: an SSH tunnel has its own at the near end.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.has(hostName(host));
}

/** Whether a page of this studio asks: browsers send the origin of every WebSocket, and pages of other sites cannot forge it. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return isLoopbackHost(host) && origin === `http://${host}`;
}
