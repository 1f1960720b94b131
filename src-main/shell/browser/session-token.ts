import { randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may use a served studio: whoever has the token of this start. It comes in the address once and is a cookie from then on, so that
 * reloads work and the address bar does not show it.
 */
export class SessionToken {
  readonly value = randomBytes(24).toString('base64url');

  /** The cookie's name carries the port: cookies are shared by all ports of a host. */
  constructor(private readonly port: () => number) {}

  get #cookieName(): string {
    return `mcn_studio_${this.port()}`;
  }

  /** Header that hands the token to the browser: not readable by scripts, not sent from other sites. */
  get cookie(): string {
    return `${this.#cookieName}=${this.value}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a text is the token; takes the same time for every wrong one. */
  matches(text: string | null | undefined): boolean {
    const given = Buffer.from(text ?? '');
    const own = Buffer.from(this.value);
    return given.length === own.length && timingSafeEqual(given, own);
  }

  /** Whether a request carries the cookie. */
  authorises(cookieHeader: string | undefined): boolean {
    const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim().split('='));
    return pairs.some(([name, value]) => name === this.#cookieName && this.matches(value));
  }
}
