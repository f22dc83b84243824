import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyStructuredResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from 'aws-lambda';

/**
 * What a WebSocket API brings to a function: that somebody wants to connect, what they say, or that they are gone.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
export type SocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  Pick<APIGatewayEventWebsocketRequestContextV2, 'eventType' | 'connectionId'>
>;

/** The answer to it. One to `$connect` that is not 2xx refuses the handshake. Others go nowhere. */
export type SocketAnswer = Pick<APIGatewayProxyStructuredResultV2, 'statusCode'>;

/** Answers the events of sockets. */
export type SocketHandler = (event: SocketEvent) => Promise<SocketAnswer>;
