/** The messenger answered, and its answer was no; `description` is in its own words. */
export class CredentialsRefusedError extends Error {
  readonly description: string;

  constructor(description: string) {
    super(`The messenger refused the credentials: ${description}`);
    this.name = 'CredentialsRefusedError';
    this.description = description;
  }
}

/** The messenger could not be reached, or answered nothing that says yes or no. */
export class MessengerUnreachableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The messenger could not be reached: ${reason}`, options);
    this.name = 'MessengerUnreachableError';
  }
}

/** A verified webhook body that is not of the messenger's outer shape. */
export class UnreadableWebhookError extends Error {
  constructor(reason: string) {
    super(`Not a webhook of this messenger: ${reason}`);
    this.name = 'UnreadableWebhookError';
  }
}
