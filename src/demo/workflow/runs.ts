import type { App } from '../apps.ts';
import type { Run } from './run.ts';

/** A run as the server keeps it. */
export interface RunRecord {
  readonly run: Run;
  readonly app: App;
  /** Of the row in the log list, which workflow apps have. */
  readonly logId: string;
}

/** All runs of all apps, in the order of their start. */
export class Runs {
  readonly #records: RunRecord[] = [];

  add(record: RunRecord): void {
    this.#records.push(record);
  }

  /** @param id Another app's run is unknown. */
  find(app: App, id: string): Run | undefined {
    return this.#records.find((record) => record.app.key === app.key && record.run.id === id)?.run;
  }

  ofTask(app: App, taskId: string): Run | undefined {
    return this.#records.find((record) => record.app.key === app.key && record.run.options.taskId === taskId)?.run;
  }

  of(app: App): readonly RunRecord[] {
    return this.#records.filter((record) => record.app.key === app.key);
  }
}
