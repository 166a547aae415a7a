import { restResponse } from './responses.ts';
import type { Routed } from './router.ts';

/** `GET /swagger.json` of a newer server: its endpoints, without a key. The real one tells of parameters and answers too. */
export function swaggerResponse(routes: readonly Routed[]): Response {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path } of routes) {
    const address = path.replace('/v1', '').replaceAll(/<\w+:(\w+)>/g, '{$1}');
    paths[address] = { ...paths[address], [method.toLowerCase()]: operation(path) };
  }
  return restResponse({
    swagger: '2.0',
    basePath: '/v1',
    paths,
    info: { title: 'Service API', version: '1.0', description: 'API for application services' },
    produces: ['application/json'],
    consumes: ['application/json'],
    securityDefinitions: {
      Bearer: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description: 'Type: Bearer {your-api-key}',
      },
    },
    security: [{ Bearer: [] }],
    tags: [{ name: 'service_api', description: 'Service operations' }],
    definitions: {},
    responses: {},
  });
}

function operation(path: string): object {
  const names = [...path.matchAll(/<\w+:(\w+)>/g)].map(([, name]) => name);
  return {
    responses: { 200: { description: 'Success' }, 401: { description: 'Unauthorized - invalid API token' } },
    parameters: names.map((name) => ({ name, in: 'path', required: true, type: 'string' })),
    tags: ['service_api'],
  };
}
