import assert from 'node:assert/strict';
import { proposeMapping } from '../../../../../src/conversation/inputMapping.ts';
import { readInputControl } from '../../../../../src/dify/inputForm.ts';
import { fitOf } from '../../../../../src/host/actions/apps/appFit.ts';
import { fitsActions } from '../../../../../src/host/actions/apps/fits.ts';
import { recipeOf, shippedRecipes } from '../../../../../src/host/actions/recipes/recipes.ts';

function fit(id: string, app: { readonly mode: string; readonly name?: string }, ...form: readonly object[]): string {
  const row = shippedRecipes.find((each) => each.id === id);
  assert.ok(row);
  const recipe = recipeOf(row, 'en');
  const controls = form.flatMap((control) => readInputControl({ ...control }));
  const named = { name: app.name ?? 'App', description: '' };
  return fitOf(recipe, named, proposeMapping(recipe, app.mode, controls));
}

describe('How an app fits a recipe', () => {
  const text = { paragraph: { variable: 'text', required: true } };
  const completion = { mode: 'completion' };

  it('fits if it can be told what to do', () => {
    assert.equal(fit('polish', { mode: 'chat' }), 'fits');
    assert.equal(fit('polish', completion, text, { 'text-input': { variable: 'instruction' } }), 'fits');
    assert.equal(
      fit('summarize', completion, text, { select: { variable: 'task', options: ['Summary', 'x'] } }),
      'fits',
    );
  });

  it('goes before all others if its name says that it does this', () => {
    assert.equal(fit('summarize', { ...completion, name: 'Demo Summarizer' }, text), 'named');
    assert.equal(fit('polish', { ...completion, name: '文章润色' }, text), 'named');
    assert.equal(fit('polish', { mode: 'chat', name: 'Proofreading and Polishing' }), 'named');
    assert.equal(fit('explain', { ...completion, name: 'Demo Summarizer' }, text), 'text');
  });

  it('fits a translation if it takes a language', () => {
    const to = { select: { variable: 'to', options: ['English', 'German'] } };

    assert.equal(fit('translate', completion, text, to), 'fits');
    assert.equal(fit('translate', { ...completion, name: 'Translator' }, text), 'text');
    assert.equal(fit('summarize', completion, text, to), 'text');
    assert.equal(fit('translate', { mode: 'advanced-chat' }), 'fits');
  });

  it('does not fit without a field for the text', () => {
    assert.equal(fit('summarize', { mode: 'workflow' }, { file: { variable: 'document' } }), 'none');
  });

  it('is asked of every kind of app that there is', () => {
    for (const mode of ['completion', 'chat', 'agent-chat', 'advanced-chat', 'workflow', 'agent']) {
      assert.equal(fitsActions({ mode }), true, mode);
    }
    assert.equal(fitsActions({ mode: 'dataset' }), false);
  });
});
