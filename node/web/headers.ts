/**
 * The content security policy of the app's page, in both shells. Styles may be inline, since the component library sets
 * them so. Sockets go anywhere, since signalling addresses come with invites; nothing else leaves the origin.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' ws: wss:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with everything that is served to the app's page. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // No word on the microphone: Chromium offers the loopback interface to WebRTC only where a page could be given one,
  // and that is what several peers on one machine without a network, and our tests, meet over. It is denied all the same.
  // The camera reads codes from other screens; the shell asks the person.
  'Permissions-Policy': 'camera=(self), display-capture=(), geolocation=(), midi=(), payment=(), serial=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
