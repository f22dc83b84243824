/** The settings of all SDK clients. They give up early enough for another try within the 3 s of a put. */
export const clientConfig = {
  requestHandler: { connectionTimeout: 800, requestTimeout: 1_400, throwOnRequestTimeout: true },
};
