import { type OpenApi, openApi } from '#api/description';
import { credentialSchemas } from '#channels/registry/credentials';

/** The description of the API with the messengers that there are, for the one who has it at `server`. */
export function describeApi(server?: string): OpenApi {
  return openApi({ credentials: credentialSchemas, ...(server !== undefined && { server }) });
}
