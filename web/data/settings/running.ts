import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { RunningModel } from '../../settings-models/running.ts';

/** The model of running. */
export function createRunning(_api: KonvertClient): RunningModel {
  return {};
}
