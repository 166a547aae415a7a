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

/** No model was asked, or none that counts. @param annotation The annotation that answered. */
export function uncountedMetadata(latency: number, annotation: object | null): object {
  return metadataOf({ prompt: 0, completion: 0, latency }, '0.0', { unit: '0.0', annotation });
}

/** After a stop nothing has been counted, and the prices are written as Python writes a decimal zero of seven places. */
export function stoppedMetadata(latency: number): object {
  return metadataOf({ prompt: 0, completion: 0, latency }, '0E-7');
}

interface Uncounted {
  readonly unit: string;
  readonly annotation: object | null;
}

function metadataOf(
  { prompt, completion, latency }: Counted,
  price: string,
  { annotation, unit }: Uncounted = { unit: '0', annotation: null },
): object {
  return {
    annotation_reply: annotation,
    retriever_resources: [],
    usage: {
      prompt_tokens: prompt,
      prompt_unit_price: unit,
      prompt_price_unit: unit,
      prompt_price: price,
      completion_tokens: completion,
      completion_unit_price: unit,
      completion_price_unit: unit,
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
