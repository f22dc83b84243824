import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { ChannelsModel } from '../../settings-models/channels.ts';

/** The model of channels. */
export function createChannels(_api: KonvertClient): ChannelsModel {
  return {};
}
