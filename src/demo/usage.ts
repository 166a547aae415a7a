/** Tokens as a model would roughly count them: a word, a CJK character or a sign each. */
export function countTokens(text: string): number {
  return (
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0
  );
}

export interface Counted {
  readonly prompt: number;
  readonly completion: number;
  /** Seconds. */
  readonly latency: number;
}

/** The metadata of a finished turn. A model without a price costs "0". */
export function metadata(counted: Counted): object {
  return metadataOf(counted, '0');
}

/** After a stop nothing has been counted, and the prices are written as Python writes a decimal zero of seven places. */
export function stoppedMetadata(latency: number): object {
  return metadataOf({ prompt: 0, completion: 0, latency }, '0E-7');
}

function metadataOf({ prompt, completion, latency }: Counted, price: string): object {
  return {
    annotation_reply: null,
    retriever_resources: [],
    usage: {
      prompt_tokens: prompt,
      prompt_unit_price: '0',
      prompt_price_unit: '0',
      prompt_price: price,
      completion_tokens: completion,
      completion_unit_price: '0',
      completion_price_unit: '0',
      completion_price: price,
      total_tokens: prompt + completion,
      total_price: price,
      currency: 'USD',
      latency,
      time_to_first_token: null,
      time_to_generate: null,
    },
  };
}
