import type { KonvertClient } from '../../../clients/typescript/index.ts';
import type { RolesModel } from '../../settings-models/roles.ts';

/** The model of roles. */
export function createRoles(_api: KonvertClient): RolesModel {
  return {};
}
