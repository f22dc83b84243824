/** The part of socket.io-client 4.1.3 that tests use: its own types are out of reach of an import as a module. */
declare module 'socket.io-client' {
  export interface Socket {
    readonly connected: boolean;
    readonly io: { readonly engine: { readonly transport: { readonly name: string } } };
    // biome-ignore lint/suspicious/noExplicitAny: whatever the server says
    on(name: string, heard: (...said: any[]) => void): void;
    onAny(heard: (name: string) => void): void;
    emit(name: string, ...said: unknown[]): void;
    close(): void;
  }
  export function io(url: string, options: Readonly<Record<string, unknown>>): Socket;
}
