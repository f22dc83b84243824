/** The messenger's body broke off, or was too slow. */
export class BrokenBodyError extends Error {
  constructor(options?: ErrorOptions) {
    super('The body broke off', options);
    this.name = 'BrokenBodyError';
  }
}

/** The bytes are not those that the messenger told the SHA-256 of. */
export class WrongBytesError extends Error {
  constructor() {
    super('The bytes are not those that were told');
    this.name = 'WrongBytesError';
  }
}
