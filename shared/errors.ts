/**
 * The one error type of Peerhold. `code` is stable and machine-readable; the words a person sees come from i18n
 * (`errors.<code>` with `params`). Messages are for developers and logs and never carry keys, invites or contents.
 */
export type ErrorParams = Readonly<Record<string, string | number>>;

export class PeerholdError extends Error {
  readonly code: string;
  readonly params: ErrorParams;

  constructor(code: string, params: ErrorParams = {}, options?: ErrorOptions) {
    super(`${code}${Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : ''}`, options);
    this.name = 'PeerholdError';
    this.code = code;
    this.params = params;
  }
}

/** The code of anything thrown: ours as it is, `internal` for whatever we did not foresee. */
export function errorCode(error: unknown): string {
  return error instanceof PeerholdError ? error.code : 'internal';
}
