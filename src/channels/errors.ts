/** The messenger answered, and its answer was no; `description` is in its own words. */
export class CredentialsRefusedError extends Error {
  readonly description: string;
  /** What was refused, where that is known more closely. */
  readonly fields: readonly string[];

  constructor(description: string, fields: readonly string[] = ['credentials']) {
    super(`The messenger refused the credentials: ${description}`);
    this.name = 'CredentialsRefusedError';
    this.description = description;
    this.fields = fields;
  }
}

/** An address that leads into a private network, where this deployment may not call. */
export class PrivateAddressError extends Error {
  readonly code = 'PRIVATE_ADDRESS';

  constructor() {
    super('The address leads into a private network');
    this.name = 'PrivateAddressError';
  }
}

/** Somebody else gets what the messenger has to say; `webhookHost` is where its webhook leads, if that is the reason. */
export class ConnectedElsewhereError extends Error {
  readonly webhookHost: string | undefined;

  constructor(description: string, webhookHost?: string) {
    super(description);
    this.name = 'ConnectedElsewhereError';
    this.webhookHost = webhookHost;
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
