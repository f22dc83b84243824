/** Konvert has answered no. */
export class KonvertError extends Error {
  /** The HTTP status. */
  readonly status: number;
  /** The code for machines, such as `CHAT_NOT_FOUND`. The status as text, if a gateway answered and not Konvert. */
  readonly code: string;
  /** What is wrong, in English. */
  readonly description: string;
  /** What more there is to say, such as the names of fields. */
  readonly data: unknown;

  constructor(status: number, body: unknown) {
    const { error, description: said, data } = fieldsOf(body);
    const code = [error, fieldsOf(error).code].find((one) => typeof one === 'string') ?? `${status}`;
    const description = typeof said === 'string' ? said : '';
    super([[...new Set([`${status}`, code])].join(' '), description].filter(Boolean).join(': '));
    this.name = 'KonvertError';
    this.status = status;
    this.code = code;
    this.description = description;
    this.data = data;
  }
}

/** Resolves to the body of an answer. Throws a `KonvertError` if Konvert answered no. */
export async function dataOf<Data>(
  asked: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new KonvertError(response.status, error);
  return data as Data;
}

/** The fields of a body. One that is no object has none. */
function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body ? { ...body } : {};
}
