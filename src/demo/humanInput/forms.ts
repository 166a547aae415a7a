import type { App } from '../apps.ts';
import type { Clock } from '../clock.ts';
import { ApiError } from '../http/errors.ts';
import type { Form, Submission } from './form.ts';

/** A form and the paused run that waits for it. */
export interface OpenForm {
  readonly form: Form;
  readonly app: App;
  /** Called when the form is submitted or its own deadline has passed: the run can go on. */
  readonly resume: () => void;
  /** Called when the server's limit has passed: the run is over. */
  readonly giveUp: () => void;
}

const minute = 60_000;

/** The forms of all runs, by token. */
export class Forms {
  readonly #clock: Clock;
  /** How long any form may stay open at most, in ms. */
  readonly #limit: number;
  readonly #startedAt: number;
  readonly #byToken = new Map<string, OpenForm>();
  readonly #timers = new Map<OpenForm, AbortController>();

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#startedAt = clock.now();
  }

  add(open: OpenForm): void {
    if (open.form.definition.delivery === 'api') this.#byToken.set(open.form.token, open);
    const timer = new AbortController();
    this.#timers.set(open, timer);
    void this.#endInTime(open, timer.signal);
  }

  /**
   * The form of a token, if it can be submitted.
   *
   * @throws {ApiError} 412 if it cannot any more.
   * @returns undefined also for another app's form.
   */
  find(token: string, app: App): OpenForm | undefined {
    const found = this.#byToken.get(token);
    if (found?.app.key !== app.key) return undefined;
    const { form } = found;
    // Said of one's own submission too.
    if (form.submission !== undefined) throw gone(form, 'submitted', 'already been submitted by another user');
    if (this.#clock.now() >= this.#endOf(form)) throw gone(form, 'expired', 'expired');
    return found;
  }

  submit(open: OpenForm, submission: Submission): void {
    open.form.submission = submission;
    this.#timers.get(open)?.abort();
    this.#timers.delete(open);
    open.resume();
  }

  /** Once a minute the server looks for forms whose time has run out; till then only those notice who ask for the form. */
  async #endInTime(open: OpenForm, signal: AbortSignal): Promise<void> {
    const { form } = open;
    const minutes = Math.ceil((this.#endOf(form) - this.#startedAt) / minute);
    await this.#clock.sleep(this.#startedAt + minutes * minute - this.#clock.now(), signal);
    if (signal.aborted) return;
    this.#timers.delete(open);
    if (this.#clock.now() >= form.openedAt + this.#limit) {
      open.giveUp();
      return;
    }
    form.timedOut = true;
    open.resume();
  }

  #endOf(form: Form): number {
    return Math.min(form.expiresAt, form.openedAt + this.#limit);
  }
}

function gone({ id }: Form, how: 'submitted' | 'expired', what: string): ApiError {
  return new ApiError(412, `human_input_form_${how}`, `This form has ${what}, form_id=${id}`);
}
