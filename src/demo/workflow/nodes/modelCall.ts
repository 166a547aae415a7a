import { pluginMessage } from '../../turns/modelMessage.ts';
import { ModelError, type Prompt, type TextSource, type ToolCall } from '../../turns/textSource.ts';
import { type Fields, type NodeContext, NodeError } from '../graph.ts';

/**
 * Asks a model, at the server's pace.
 *
 * @param own The node's own source, if it has one.
 * @throws {NodeError} in the plugin's words if the model fails.
 */
export async function* modelCall(
  context: NodeContext,
  own: TextSource | undefined,
  prompt: Prompt,
  inputs: Fields,
): AsyncGenerator<string | ToolCall> {
  const { clock, signal, tokensPerSecond } = context;
  const source = context.sourceIsForced ? context.source : (own ?? context.source);
  let due = clock.now();
  try {
    for await (const piece of source(prompt, signal)) {
      const wait = due - clock.now();
      if (wait > 0) await clock.sleep(wait, signal);
      yield piece;
      due = Math.max(due, clock.now() - 1000) + 1000 / tokensPerSecond;
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new NodeError(pluginMessage(error, context.uuid), 'InvokeError', { inputs });
  }
}
