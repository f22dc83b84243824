import { readVariables } from '#aws/variables';

/** The credentials of the function's role, which Lambda has put there. */
export function keysOfFunction() {
  const read = readVariables('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY');
  return {
    accessKeyId: read.AWS_ACCESS_KEY_ID,
    secretAccessKey: read.AWS_SECRET_ACCESS_KEY,
    sessionToken: process.env.AWS_SESSION_TOKEN,
  };
}
