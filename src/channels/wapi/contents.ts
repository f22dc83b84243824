import type { CallGraph, GraphAnswer } from '#channels/meta/client';
import { createRemembered, tellerOf } from '#channels/meta/remembered';
import type { Outgoing, OutgoingFile, OutgoingTemplate } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { interactiveOf } from './buttons.ts';
import { graphFileOf } from './file-types.ts';
import { buildTemplate, type FileRef, type HeaderFile } from './template-message.ts';
import type { createTemplates } from './templates.ts';
import { upload } from './upload.ts';

/** Meta keeps an uploaded file for 30 days. */
const UPLOAD_MS = 29 * 24 * 3_600_000;
const MOST_UPLOADS = 1000;

type NoAnswer = Exclude<GraphAnswer, { kind: 'ok' }>;

/** A file that Meta has, or can fetch. `isRemembered`: it was uploaded for an earlier try. */
type Found = { readonly kind: 'ready'; readonly ref: FileRef; readonly isRemembered: boolean };

/** What is sent of a message, beside its address. */
export interface Prepared {
  readonly kind: 'ready';
  readonly content: Readonly<Record<string, unknown>> & { readonly type: string };
  /** The category of its template. */
  readonly category?: string;
  /** Something of it was remembered, and may no longer be so at Meta. */
  readonly isRemembered: boolean;
}

/** Turns content into what Meta takes: files are uploaded, templates are read. */
export function createContents(call: CallGraph, templates: ReturnType<typeof createTemplates>, now: () => number) {
  const uploads = createRemembered<string>(MOST_UPLOADS, UPLOAD_MS, now);

  /** The file at Meta. It is uploaded once for all tries of a message. */
  async function place(
    credentials: Credentials,
    key: string,
    file: OutgoingFile,
    signal: AbortSignal,
  ): Promise<Found | NoAnswer> {
    const uploadAs = graphFileOf(file)?.uploadAs;
    if (uploadAs === undefined) {
      if (file.link !== undefined) return { kind: 'ready', ref: { link: file.link }, isRemembered: false };
      const description = `WhatsApp takes ${file.mimeType} by a public link only, and there is none`;
      return { kind: 'refused', code: '131053', description };
    }
    const known = uploads.get(uploadKey(credentials, key));
    if (known !== undefined) return { kind: 'ready', ref: { id: known }, isRemembered: true };
    const uploaded = await upload(call, credentials, file, uploadAs, signal);
    if (uploaded.kind !== 'uploaded') return uploaded;
    uploads.set(uploadKey(credentials, key), uploaded.id);
    return { kind: 'ready', ref: { id: uploaded.id }, isRemembered: false };
  }

  async function prepareFile(
    credentials: Credentials,
    key: string,
    file: OutgoingFile,
    signal: AbortSignal,
  ): Promise<Prepared | NoAnswer> {
    const graphFile = graphFileOf(file);
    if (!graphFile) return wrongType(file);
    const found = await place(credentials, key, file, signal);
    if (found.kind !== 'ready') return found;
    const { type, voice } = graphFile;
    const shown = { ...found.ref, ...(type === 'document' && { filename: file.name }), ...(voice && { voice }) };
    return { kind: 'ready', content: { type, [type]: shown }, isRemembered: found.isRemembered };
  }

  async function prepareTemplate(
    credentials: Credentials,
    key: string,
    sent: OutgoingTemplate,
    signal: AbortSignal,
  ): Promise<Prepared | NoAnswer> {
    const live = await templates.find(credentials, sent.templateId, signal);
    if (live.kind !== 'found') return live;
    const file = await headerFile(credentials, key, sent.file, signal);
    if (file && file.kind !== 'ready') return file;
    const built = buildTemplate(live.live, sent, file?.header);
    const isRemembered = live.isRemembered || file?.isRemembered === true;
    // A template that was changed a minute ago may be filled rightly by what was given.
    if (built.kind === 'refused' && live.isRemembered) {
      templates.forget(credentials, sent.templateId);
      return prepareTemplate(credentials, key, sent, signal);
    }
    if (built.kind === 'refused') return built;
    const content = { type: 'template', template: built.template };
    return { kind: 'ready', content, category: live.live.template.category, isRemembered };
  }

  async function headerFile(
    credentials: Credentials,
    key: string,
    file: OutgoingFile | undefined,
    signal: AbortSignal,
  ): Promise<{ kind: 'ready'; header: HeaderFile; isRemembered: boolean } | NoAnswer | undefined> {
    if (!file) return undefined;
    const graphFile = graphFileOf(file);
    if (!graphFile) return wrongType(file);
    const found = await place(credentials, key, file, signal);
    if (found.kind !== 'ready') return found;
    const header = { type: graphFile.type, name: file.name, ref: found.ref };
    return { kind: 'ready', header, isRemembered: found.isRemembered };
  }

  return {
    /** Returns every outcome and never throws. */
    async prepare(
      credentials: Credentials,
      { content, key }: Outgoing,
      signal: AbortSignal,
    ): Promise<Prepared | NoAnswer> {
      switch (content.type) {
        case 'text':
          return { kind: 'ready', content: textContent(content), isRemembered: false };
        case 'file':
          return prepareFile(credentials, key, content.file, signal);
        case 'template':
          return prepareTemplate(credentials, key, content, signal);
        default:
          return content satisfies never;
      }
    },

    /** What is remembered for the message is asked for again in the next try. */
    forget(credentials: Credentials, { content, key }: Outgoing): void {
      uploads.forget(uploadKey(credentials, key));
      if (content.type === 'template') templates.forget(credentials, content.templateId);
    },
  };
}

/** The marks of a text are WhatsApp's own. A link in it gets a preview, as on a phone. */
function textContent({ text, buttons }: Extract<Outgoing['content'], { type: 'text' }>): Prepared['content'] {
  const interactive = interactiveOf(text, buttons);
  if (interactive) return { type: 'interactive', interactive };
  return { type: 'text', text: { body: text, ...(/https?:\/\//i.test(text) && { preview_url: true }) } };
}

/** A file that was uploaded for one number is refused by another. */
function uploadKey(credentials: Credentials, key: string): string {
  return `${tellerOf(credentials)}#${key}`;
}

function wrongType({ kind, mimeType }: OutgoingFile): NoAnswer {
  return { kind: 'refused', code: '131053', description: `WhatsApp takes no ${kind} of the type ${mimeType}` };
}
