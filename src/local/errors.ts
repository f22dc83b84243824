/** The DynamoDB engine is missing, did not start, does not answer or did not end. */
export class EngineError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
  }
}

/** The data folder cannot be used. `pid` is the process that holds it, if another process does. */
export class DataFolderError extends Error {
  readonly folder: string;
  readonly pid: number | undefined;

  constructor(folder: string, reason: string, options?: ErrorOptions & { readonly pid?: number }) {
    super(`The data folder ${folder} ${reason}`, options);
    this.name = 'DataFolderError';
    this.folder = folder;
    this.pid = options?.pid;
  }
}

/** The server cannot listen on its address. */
export class ServerError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerError';
  }
}

/** An environment variable has a value that cannot be used. */
export class EnvironmentError extends Error {
  readonly variable: string;

  constructor(variable: string, reason: string) {
    super(`${variable} ${reason}`);
    this.name = 'EnvironmentError';
    this.variable = variable;
  }
}
