declare module 'marked' {
  /** A piece of Markdown, as far as the guide uses it. */
  export interface Token {
    readonly type: string;
    readonly raw: string;
    readonly lang?: string;
    readonly text?: string;
  }
  export class Renderer {
    heading(html: string, level: number, raw: string): string;
    code(code: string, language: string | undefined): string;
    link(href: string, title: string | null, html: string): string;
    table(header: string, body: string): string;
  }
  export const marked: {
    lexer(markdown: string): Token[] & { readonly links: unknown };
    parser(
      tokens: readonly Token[],
      options: { readonly renderer: Renderer; readonly mangle: boolean; readonly headerIds: boolean },
    ): string;
  };
}
