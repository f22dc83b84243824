import type { components } from '../../clients/typescript/index.ts';
import type { Loading } from './loaded.ts';

/** An API key, without the key itself. */
export type ApiKey = components['schemas']['KeyList']['keys'][number];
/** A browser that stays signed in. */
export type Device = components['schemas']['DeviceList']['devices'][number];

/** What opens the account: API keys, and the browsers of its users. What is refused throws the words for it. */
export interface KeysModel {
  readonly keys: Loading<readonly ApiKey[]>;
  readonly devices: Loading<readonly Device[]>;
  /** The new key in clear, which nobody can read again. The name may be empty. */
  makeKey(name: string): Promise<string>;
  revokeKey(keyId: string): Promise<void>;
  endDevice(deviceId: string): Promise<void>;
}
