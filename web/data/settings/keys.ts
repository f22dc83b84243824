import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { KeysModel } from '../../settings-models/keys.ts';
import { answerOf, bodyOf, mapped } from '../api.ts';
import { loading } from './loading.ts';
import { bodyOr } from './refusal.ts';

/** API keys and devices. */
export function createKeys(api: KonvertClient): KeysModel {
  const keys = loading(async () => mapped(await answerOf(api.GET('/v1/account/keys')), (body) => body.keys));
  const devices = loading(async () => mapped(await answerOf(api.GET('/v1/devices')), (body) => body.devices));
  return {
    keys,
    devices,
    async makeKey(name) {
      const answer = await answerOf(api.POST('/v1/account/keys', { body: name ? { name } : {} }));
      // The answer was lost: the key may be there, and nobody has it.
      if (answer.kind !== 'refused') await keys.reload();
      return bodyOf(answer).apiKey;
    },
    async revokeKey(keyId) {
      const answer = await answerOf(api.DELETE('/v1/account/keys/{keyId}', { params: { path: { keyId } } }));
      // Somebody else has done the same.
      if (!(answer.kind === 'refused' && answer.code === 'KEY_NOT_FOUND')) bodyOr(answer, { LAST_KEY: 'keys.last' });
      await keys.reload();
    },
    async endDevice(deviceId) {
      const answer = await answerOf(api.DELETE('/v1/devices/{deviceId}', { params: { path: { deviceId } } }));
      if (!(answer.kind === 'refused' && answer.code === 'DEVICE_NOT_FOUND')) bodyOf(answer);
      await devices.reload();
    },
  };
}
