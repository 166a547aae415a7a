import { holds, one, same } from '../asking.ts';
import type { Case } from '../case.ts';
import { modes } from '../modes.ts';

const parameterKeys =
  'opening_statement,suggested_questions,suggested_questions_after_answer,speech_to_text,text_to_speech,retriever_resource,annotation_reply,more_like_this,user_input_form,sensitive_word_avoidance,file_upload,system_parameters';

/** What an app says of itself. */
export const aboutCases: readonly Case[] = [
  {
    name: '/info tells name and mode',
    run: async (app) => {
      const { json } = await app.send({ path: '/info' }, { status: 200 });
      same('the mode', json['mode'], app.mode);
      same('the keys', Object.keys(json).join(), 'name,description,tags,mode,author_name');
    },
  },
  one('/info takes no notice of a query', { path: '/info', query: { user: undefined, x: '1' } }, { status: 200 }),
  {
    name: '/parameters has its twelve keys',
    run: async (app) => {
      const { json } = await app.send({ path: '/parameters', query: { user: undefined } }, { status: 200 });
      same('the keys', Object.keys(json).join(), parameterKeys);
    },
  },
  one('/parameters takes no notice of a user', { path: '/parameters' }, { status: 200 }),
  {
    name: 'every control of the form is an object of one key with a label and a variable',
    run: async (app) => {
      const { json } = await app.send({ path: '/parameters' }, { status: 200 });
      const form = json['user_input_form'];
      holds('a list', Array.isArray(form));
      for (const entry of Array.isArray(form) ? form : []) {
        const [control, ...more] = Object.values(entry as object);
        holds('one key', more.length === 0);
        holds('a variable', typeof Reflect.get(control as object, 'variable') === 'string');
        holds('a label', typeof Reflect.get(control as object, 'label') === 'string');
      }
    },
  },
  {
    name: 'limits of uploads are numbers of megabytes',
    run: async (app) => {
      const { json } = await app.send({ path: '/parameters' }, { status: 200 });
      const limits = Object.values(json['system_parameters'] as object);
      same('their number', limits.length, 5);
      holds(
        'numbers',
        limits.every((limit) => typeof limit === 'number'),
      );
    },
  },
  one('/meta tells the icons of tools', { path: '/meta' }, { status: 200 }),
  {
    name: '/meta of an app without tools has no icons',
    modes: ['completion', 'chat', 'workflow', 'agent'],
    run: async (app) => {
      same('the answer', (await app.send({ path: '/meta' }, { status: 200 })).json, { tool_icons: {} });
    },
  },
  one('/site tells what a page of the app looks like', { path: '/site' }, { status: 200 }),
  one(
    'an app that is not published has no parameters',
    { path: '/parameters' },
    { status: 400, code: 'app_unavailable' },
    {
      needs: ['unpublished'],
      modes: modes.filter((mode) => mode !== 'agent'),
    },
  ),
  one('an app that is not published says who it is', { path: '/info' }, { status: 200 }, { needs: ['unpublished'] }),
  one('an app that is not published has a site', { path: '/site' }, { status: 200 }, { needs: ['unpublished'] }),
];
