// The card's own look, beside what all surfaces share.

export const STYLE = `
.card {
  display: flex;
  flex-direction: column;
  width: 440px;
  max-width: calc(100vw - 16px);
  overflow: auto;
  animation: rise 0.14s ease-out;
}

@keyframes rise {
  from {
    opacity: 0;
    translate: 0 4px;
  }
}

.card:focus {
  outline: none;
}

header {
  display: flex;
  gap: 8px;
  align-items: center;
  justify-content: space-between;
  padding-block: 9px 0;
  padding-inline: 15px 9px;
}

.doing {
  display: grid;
  gap: 6px;
  padding: 2px 15px 9px;
  border-bottom: 1px solid var(--line);
  color: var(--soft);
  font-size: 12.5px;
}

.doing.empty {
  padding-bottom: 0;
  border: 0;
}

.card > * {
  flex: none;
}

.card > .text {
  min-height: 62px;
  flex: 0 1 auto;
  padding: 11px 15px;
  overflow: auto;
  font-size: 15px;
  line-height: 1.55;
  white-space: pre-wrap;
  overscroll-behavior: contain;
  scrollbar-width: thin;
}

.text:focus-visible {
  outline-offset: -3px;
}

[data-status="preview"] {
  color: var(--soft);
}

[data-status="quoted"] {
  text-decoration: underline dotted color-mix(in srgb, var(--soft) 70%, transparent);
  text-underline-offset: 3px;
}

.writing [data-status="draft"]::after {
  display: inline-block;
  width: 2px;
  height: 1em;
  margin-inline-start: 1px;
  background: var(--accent);
  content: "";
  vertical-align: -0.15em;
}

ins {
  border-radius: 3px;
  background: var(--added);
  text-decoration: none;
}

del {
  border-radius: 3px;
  background: var(--removed);
  text-decoration-color: var(--error);
}

del + ins {
  margin-inline-start: 3px;
}

.notes {
  display: grid;
  gap: 3px;
  margin: 0 15px 10px;
  padding: 0;
  color: var(--soft);
  font-size: 12.5px;
  list-style: none;
}

.notes .lost {
  color: var(--error);
}

.problem {
  margin: 11px 15px;
}

footer {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
  padding: 9px 12px;
  border-top: 1px solid var(--line);
}

footer select {
  min-width: 0;
  max-width: 168px;
  margin-inline-end: auto;
}

@media (max-width: 440px) {
  footer {
    justify-content: flex-end;
  }

  footer select {
    max-width: none;
    flex: 1 1 100%;
  }
}
`;
