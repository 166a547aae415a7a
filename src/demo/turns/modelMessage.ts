import { compactJson } from '../http/python.ts';
import type { ModelError } from './textSource.ts';

/** How Dify words a model's failure: JSON, as the plugin reports it. */
export function modelMessage({ described, errorType, message }: ModelError): string {
  return compactJson({ args: described ? { description: message } : {}, error_type: errorType, message });
}

/** The same as a caller of the plugin passes it on. */
export function pluginMessage(error: ModelError, uuid: () => string): string {
  return `req_id: ${uuid().replaceAll('-', '').slice(0, 10)} PluginInvokeError: ${modelMessage(error)}`;
}
