/** What a model call has cost. */
export interface Usage {
  readonly prompt: number;
  readonly completion: number;
  /** Seconds. */
  readonly latency: number;
  /** Seconds until the first word and from there to the last, where a text was streamed. */
  readonly firstToken?: number;
  readonly generate?: number;
}

/** The sum, in which nobody's first word is known any more; undefined if there is nothing to sum up. */
export function sumOf(usages: readonly (Usage | undefined)[]): Usage | undefined {
  const known = usages.filter((usage) => usage !== undefined);
  if (known.length === 0) return undefined;
  const sum = (of: (usage: Usage) => number): number => known.reduce((total, usage) => total + of(usage), 0);
  return {
    prompt: sum(({ prompt }) => prompt),
    completion: sum(({ completion }) => completion),
    latency: sum(({ latency }) => latency),
  };
}

export function totalTokens(usage: Usage | undefined): number {
  return usage === undefined ? 0 : usage.prompt + usage.completion;
}

const nothing: Usage = { prompt: 0, completion: 0, latency: 0 };

/** As Dify writes it; where no model was asked all prices are `"0.0"`, and a model without a price costs `"0"`. */
export function usageData(usage: Usage | undefined): Readonly<Record<string, unknown>> {
  const price = usage === undefined ? '0.0' : '0';
  const { completion, firstToken = null, generate = null, latency, prompt } = usage ?? nothing;
  return {
    prompt_tokens: prompt,
    prompt_unit_price: price,
    prompt_price_unit: price,
    prompt_price: price,
    completion_tokens: completion,
    completion_unit_price: price,
    completion_price_unit: price,
    completion_price: price,
    total_tokens: totalTokens(usage),
    total_price: price,
    currency: 'USD',
    latency,
    time_to_first_token: firstToken,
    time_to_generate: generate,
  };
}

/** The short form that stands in a node's execution metadata. */
export function priceData(usage: Usage | undefined): Readonly<Record<string, unknown>> {
  return {
    total_tokens: totalTokens(usage),
    total_price: usage === undefined ? '0.0' : '0',
    currency: 'USD',
  };
}
