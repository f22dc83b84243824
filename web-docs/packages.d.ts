declare module 'openapi-explorer/dist/es/openapi-explorer.js' {
  import type { CSSResultGroup, LitElement } from 'lit';

  /** An operation as the viewer read it. */
  export interface ReadOperation {
    readonly elementId: string;
    readonly method: string;
    readonly path: string;
  }

  /** Shapes of one kind as the viewer read them. Those that are expanded are shown. */
  export interface ReadComponents {
    readonly componentKeyId: string;
    readonly subComponents: readonly { readonly name: string; expanded: boolean }[];
  }

  /** The viewer, as far as it is used here. */
  // biome-ignore lint/style/noDefaultExport: that is how the package exports it
  export default class OpenApiExplorer extends LitElement {
    static finalizeStyles(): CSSResultGroup[];
    renderStyle: string;
    explorerLocation: string;
    hideExecution: boolean;
    hideAuthentication: boolean;
    hideServerSelection: boolean;
    hideInfo: boolean;
    hideSearch: boolean;
    readonly resolvedSpec: {
      readonly tags: readonly { readonly paths: readonly ReadOperation[] }[];
      components: readonly ReadComponents[];
    } | null;
    loadSpec(description: object): Promise<void>;
    handleResize(): void;
    scrollTo(place?: unknown): Promise<void>;
    scrollToSchemaComponentByName(event: CustomEvent<string>): Promise<void>;
  }
}

declare module 'prismjs' {
  /** A piece of code that has a meaning in its language. */
  export class Token {
    readonly type: string;
    readonly content: string | Token | readonly (string | Token)[];
  }
  export const languages: Readonly<Record<string, object>>;
  export function tokenize(text: string, grammar: object): (string | Token)[];
}

declare module 'prismjs/components/*';
