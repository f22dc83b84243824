/** The messenger answered no. `description` is in its own words. */
export class CredentialsRefusedError extends Error {
  readonly description: string;
  /** The fields that were refused, as far as that is known. */
  readonly fields: readonly string[];

  constructor(description: string, fields: readonly string[] = ['credentials']) {
    super(`The messenger refused the credentials: ${description}`);
    this.name = 'CredentialsRefusedError';
    this.description = description;
    this.fields = fields;
  }
}

/**
 * Another program gets the messenger's updates. `webhookHost` is the host of its webhook, if a webhook is the reason.
 */
export class ConnectedElsewhereError extends Error {
  readonly webhookHost: string | undefined;

  constructor(description: string, webhookHost?: string) {
    super(description);
    this.name = 'ConnectedElsewhereError';
    this.webhookHost = webhookHost;
  }
}

/** The messenger could not be reached, or its answer was neither a yes nor a no. */
export class MessengerUnreachableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The messenger could not be reached: ${reason}`, options);
    this.name = 'MessengerUnreachableError';
  }
}

/** The outer shape of a verified webhook body is not the messenger's. */
export class UnreadableWebhookError extends Error {
  constructor(reason: string) {
    super(`Not a webhook of this messenger: ${reason}`);
    this.name = 'UnreadableWebhookError';
  }
}
