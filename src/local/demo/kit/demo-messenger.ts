import type { Gateway } from '#local/server/gateway';

/** A stand-in for a messenger, behind the server of this process. */
export interface DemoMessenger {
  /** Whether a request to this target is for this demo messenger. */
  readonly serves: (target: string) => boolean;
  readonly answer: Gateway;
}
