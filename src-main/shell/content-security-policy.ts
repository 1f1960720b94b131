/** Stands in the built index.html wherever the nonce of a load belongs; Vite puts it there (electron.vite.config.ts). */
export const NONCE_PLACEHOLDER = 'CSP_NONCE_OF_THIS_LOAD';

/**
 * The policy that every shell sends with the window's files: own scripts, styles and fonts only, nothing inline but styles with this
 * load's nonce, no frames, no forms, no plugins.
 * @param nonce fresh random text of one load, base64
 * @param connect origins that the page may talk to, as `ws://127.0.0.1:4173`; none where a bridge does the talking
 */
export function contentSecurityPolicy(nonce: string, connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect.length > 0 ? connect.join(' ') : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
