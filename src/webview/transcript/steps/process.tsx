import { Component, type ComponentChildren } from 'preact';
import type { AppFace } from '../../../conversation/appFace.ts';
import { isEnded, type Run } from '../../../conversation/run.ts';
import type { Actions } from '../../actions.ts';
import { Tools } from './tools.tsx';
import { Workflow } from './workflow.tsx';

interface Properties {
  readonly run: Run;
  /** Of the message. */
  readonly of: string;
  /** When it was asked, in milliseconds since 1970. */
  readonly askedAt: number;
  readonly app: Pick<AppFace, 'showsSteps' | 'toolIcons'>;
  readonly actions: Actions;
}

/** What the app did for an answer: the tools of an agent, the steps of a workflow. */
export class Process extends Component<Properties> {
  /** A word of the answer changes nothing here. */
  override shouldComponentUpdate({ run, app }: Readonly<Properties>): boolean {
    const shown = this.props;
    return (
      run.nodes !== shown.run.nodes ||
      run.thoughts !== shown.run.thoughts ||
      run.status.type !== shown.run.status.type ||
      app !== shown.app
    );
  }

  override render(): ComponentChildren {
    const { run, of, askedAt, app, actions } = this.props;
    if (!hasProcess(run)) return null;
    return (
      <div class="process">
        <Tools run={run} of={of} isRunning={!isEnded(run)} icons={app.toolIcons} actions={actions} />
        <Workflow run={run} of={of} since={askedAt} showsSteps={app.showsSteps} actions={actions} />
      </div>
    );
  }
}

/** Whether there is anything of it to be seen. */
export function hasProcess({ nodes, thoughts }: Run): boolean {
  return nodes.length > 0 || thoughts.some(({ calls }) => calls.length > 0);
}
