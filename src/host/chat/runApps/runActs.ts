import { inputsLine, runValues } from '../../../conversation/runApps.ts';
import { plainQuestion } from '../../../conversation/session.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Chat } from '../chat.ts';
import type { FormPart } from '../form/formPart.ts';
import { sentBy } from '../form/formValues.ts';
import type { Acts } from '../part.ts';

interface RunPorts {
  readonly chat: Pick<Chat, 'app' | 'conversation' | 'find'>;
  readonly form: Pick<FormPart, 'submit' | 'refill'>;
  readonly details: Pick<AppDetails, 'knownParameters'>;
}

/** What is done with an app that is run by its form: a text generator, or a workflow. */
export function runActs({ chat, form, details }: RunPorts): Pick<Acts, 'run' | 'refill'> {
  return {
    run: async ({ key, values }) => {
      const open = chat.find(key);
      const name = chat.app?.name ?? '';
      const submitted = open?.answering === true ? undefined : await form.submit(key, values);
      if (open === undefined || submitted === undefined) return;
      const { inputs, files } = submitted;
      // What tells the runs apart stands in the place of a question.
      const typed = inputsLine(submitted.form, submitted) || name;
      await open.run({ ...plainQuestion(typed), query: '', inputs, files });
    },
    refill: ({ of }) => {
      const { app, conversation } = chat;
      const run = conversation?.messages.find(({ key }) => key === of);
      if (app === undefined || conversation === undefined || run === undefined) return;
      form.refill(app, conversation.key, runValues(sentBy(details.knownParameters(app)), run));
    },
  };
}
