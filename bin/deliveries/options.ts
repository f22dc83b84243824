/** The options of the command `deliveries`, as `parseArgs` reads them. */
export const OPTIONS = {
  state: { type: 'string' },
  kind: { type: 'string' },
  target: { type: 'string' },
  limit: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  url: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** The options, as they were given. */
export type Options = { readonly [Name in keyof typeof OPTIONS]?: string | boolean | undefined };
