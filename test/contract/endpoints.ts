/** The Service API's paths from the server's origin on; what is in braces varies. More exact ones come first. */
const paths = [
  '/health',
  '/v1',
  '/v1/',
  '/v1/info',
  '/v1/parameters',
  '/v1/meta',
  '/v1/site',
  '/v1/swagger.json',
  '/v1/completion-messages',
  '/v1/completion-messages/{task_id}/stop',
  '/v1/chat-messages',
  '/v1/chat-messages/{task_id}/stop',
  '/v1/workflows/run',
  '/v1/workflows/logs',
  '/v1/workflows/run/{run_id}',
  '/v1/workflows/tasks/{task_id}/stop',
  '/v1/workflows/{workflow_id}/run',
  '/v1/workflow/{run_id}/events',
  '/v1/form/human_input/{form_token}',
  '/v1/conversations',
  '/v1/conversations/{conversation_id}',
  '/v1/conversations/{conversation_id}/name',
  '/v1/conversations/{conversation_id}/variables',
  '/v1/conversations/{conversation_id}/variables/{variable_id}',
  '/v1/messages',
  '/v1/messages/{message_id}/feedbacks',
  '/v1/messages/{message_id}/suggested',
  '/v1/app/feedbacks',
  '/v1/apps/annotations',
  '/v1/apps/annotations/{annotation_id}',
  '/v1/files/upload',
  '/v1/files/{file_id}/preview',
  '/v1/audio-to-text',
  '/v1/text-to-audio',
  '/v1/end-users/{end_user_id}',
  '/files/{file_id}/file-preview',
  '/files/tools/{file}',
] as const;

const patterns = paths.map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/** Like `POST /v1/chat-messages/{task_id}/stop`; `GET elsewhere` for a path that is no endpoint. Query strings do not count. */
export function endpointOf(method: string, path: string): string {
  const [bare = ''] = path.split('?');
  return `${method} ${patterns.find(({ pattern }) => pattern.test(bare))?.path ?? 'elsewhere'}`;
}
