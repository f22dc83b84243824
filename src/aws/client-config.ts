/**
 * The settings of all SDK clients. They give up early enough for another try within the 3 s of a put. An engine in place of
 * AWS is one busy process, and is waited for.
 */
export const clientConfig = {
  requestHandler: {
    connectionTimeout: process.env.AWS_ENDPOINT_URL ? 5_000 : 800,
    requestTimeout: process.env.AWS_ENDPOINT_URL ? 5_000 : 1_400,
    throwOnRequestTimeout: true,
  },
};
