// The editor of the Python panel: CodeMirror with what a person expects of an editor for a script, and nothing else.
// Colours come from the page's style sheet, by the classes `ed-…` and its custom properties.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';

/** The longest text that is coloured: beyond it the editor stays quick as plain text. */
const COLOURED_CHARACTERS_MAX = 500_000;

const showLine = StateEffect.define();

/** The line at which the script stands, or failed. */
const shownLine = StateField.define({
  create: () => Decoration.none,
  update(shown, transaction) {
    let next = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(showLine)) continue;
      const { number, kind } = effect.value;
      const { doc } = transaction.state;
      const isThere = number >= 1 && number <= doc.lines;
      next = isThere
        ? Decoration.set(Decoration.line({ class: `ed-line ed-line-${kind}` }).range(doc.line(number).from))
        : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What a file of this name is written in. */
function languageOf(name, text) {
  if (text.length > COLOURED_CHARACTERS_MAX) return [];
  if (name.endsWith('.py')) return [python()];
  if (name.endsWith('.json')) return [json()];
  return [];
}

/**
 * Puts an editor into an element.
 *
 * `onchange(text)` is called with the whole text after each change by the person, `onrun()` on Ctrl-Enter.
 * Tab indents; Escape and then Tab leaves the editor, as people who use no mouse need it.
 */
export function createEditor(parent, { label, name, text, onchange, onrun }) {
  const language = new Compartment();
  const reading = new Compartment();
  let quiet = false;
  let current = name;
  const state = (content) =>
    EditorState.create({
      doc: content,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('    '),
        bracketMatching(),
        closeBrackets(),
        autocompletion(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        syntaxHighlighting(classHighlighter),
        shownLine,
        language.of(languageOf(current, content)),
        reading.of([]),
        keymap.of([
          { key: 'Mod-Enter', run: () => (onrun(), true) },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...completionKeymap,
          indentWithTab,
        ]),
        // The index of tabs is for checkers, which do not know that what can be edited has the focus anyway.
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off', tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) onchange(update.state.doc.toString());
        }),
      ],
    });
  const view = new EditorView({ parent, state: state(text) });

  return {
    /** Shows another file; what could be undone in the last one is forgotten. */
    open(nextName, content) {
      current = nextName;
      view.setState(state(content));
    },
    /** Puts another text in, as if typed, without telling `onchange`. */
    replace(content) {
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: content } });
      quiet = false;
    },
    text: () => view.state.doc.toString(),
    setReadOnly(isReadOnly) {
      const extensions = isReadOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [];
      view.dispatch({ effects: reading.reconfigure(extensions) });
    },
    /** Marks a line, counted from 1, as where the script stands (`now`) or failed (`error`); 0 takes the mark away. */
    markLine(number, kind) {
      view.dispatch({ effects: showLine.of({ number, kind }) });
    },
    /** Says at a line what is wrong with it; an empty message takes what was said away. */
    complain(number, message) {
      const { doc } = view.state;
      const line = message && number >= 1 && number <= doc.lines ? doc.line(number) : undefined;
      const found = line ? [{ from: line.from, to: line.to, severity: 'error', message }] : [];
      view.dispatch(setDiagnostics(view.state, found));
    },
    /** Puts the cursor on a line and shows it. */
    goTo(number) {
      const { doc } = view.state;
      const { from } = doc.line(Math.min(Math.max(number, 1), doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
