/** What all SDK clients are made with: they give up soon enough for another try within the 3 s of a put. */
export const clientConfig = {
  requestHandler: { connectionTimeout: 800, requestTimeout: 1_400, throwOnRequestTimeout: true },
};
