import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { AwsClient } from 'aws4fetch';
import { keysOfFunction } from '#aws/function-keys';
import { readVariables } from '#aws/variables';
import type { RoutedName } from '#lib/routes';
import { functionVariable } from '#lib/variable-names';

/** Shorter than the 30 seconds that an HTTP API waits. */
const CALL_MS = 27_000;

/**
 * Calls the given functions as the gateway does. Throws at start if the name of one is not in the environment. Nothing
 * is sent twice: a call without an answer may have done its work.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createPass(names: readonly RoutedName[]) {
  const { AWS_REGION: region } = readVariables('AWS_REGION');
  const places = readVariables(...names.map(functionVariable));
  const base = process.env.AWS_ENDPOINT_URL || `https://lambda.${region}.amazonaws.com`;
  let made: AwsClient | undefined;
  function client(): AwsClient {
    const { sessionToken, ...pair } = keysOfFunction();
    made ??= new AwsClient({ ...pair, region, service: 'lambda', retries: 0, ...(sessionToken && { sessionToken }) });
    return made;
  }

  /** Resolves to the answer of the function. Throws if there is none. */
  return async (name: string, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const place = places[functionVariable(name)] ?? '';
    const response = await client().fetch(`${base}/2015-03-31/functions/${encodeURIComponent(place)}/invocations`, {
      method: 'POST',
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(CALL_MS),
    });
    if (response.ok && !response.headers.has('x-amz-function-error'))
      return (await response.json()) as APIGatewayProxyStructuredResultV2;
    await response.body?.cancel();
    throw Object.assign(new Error('A function did not answer'), { code: `LAMBDA_${response.status}` });
  };
}
