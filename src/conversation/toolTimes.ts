import type { RunEvent } from './run.ts';
import type { Thought, ToolCall } from './steps.ts';

/** How long an agent's tools work: Dify does not say, so it is the time between what is heard of them. */
export class ToolTimes {
  readonly #now: () => number;
  /** When a call was first heard of, by thought and place. */
  readonly #since = new Map<string, number>();

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The event, with the time that its tools took, if it is about any. */
  timed(event: RunEvent): RunEvent {
    return event.type === 'thought' ? { ...event, thought: this.#timedThought(event.thought) } : event;
  }

  #timedThought(thought: Thought): Thought {
    const calls = thought.calls.map((call, index) => this.#timedCall(call, `${thought.id} ${index}`));
    return { ...thought, calls };
  }

  #timedCall(call: ToolCall, key: string): ToolCall {
    const since = this.#since.get(key);
    if (since === undefined) this.#since.set(key, this.#now());
    // A call that is told with its result from the beginning was not seen to work.
    if (call.result === undefined || since === undefined) return call;
    return { ...call, seconds: (this.#now() - since) / 1000 };
  }
}
