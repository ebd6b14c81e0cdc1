// What all of Sotto's surfaces on a page look like. Important rules of a shadow tree win over every
// rule of the page's, so those on the host cannot be overridden; what is inside, the page's rules
// do not reach, only what is inherited.

export const STYLE = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 auto auto 0 !important;
  display: block !important;
  overflow: visible !important;
  width: 0 !important;
  height: 0 !important;
  margin: 0 !important;
  padding: 0 !important;
  border: 0 !important;
  background: none !important;
  direction: ltr !important;
  zoom: 1 !important;
}

.surface {
  position: fixed;
  box-sizing: border-box;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--paper);
  box-shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 12px 36px rgb(0 0 0 / 22%);
  color: var(--ink);
  color-scheme: light dark;
  font: 14px/1.45 system-ui, sans-serif;
  text-align: start;
  overflow-wrap: anywhere;
  user-select: text;
}

* {
  box-sizing: border-box;
  margin: 0;
}

[hidden] {
  display: none !important;
}

button,
select {
  min-height: 32px;
  padding: 0 12px;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--raised);
  color: var(--ink);
  font: 600 13px/1.2 system-ui, sans-serif;
  cursor: pointer;
}

select {
  padding: 0 6px;
  font-weight: 400;
}

button:hover,
select:hover {
  border-color: var(--soft);
}

button.primary {
  border-color: transparent;
  background: var(--accent);
  color: var(--on-accent);
}

button.plain {
  border-color: transparent;
  background: none;
  color: var(--accent);
}

button.plain:hover {
  background: var(--sunken);
}

button[aria-pressed="true"] {
  background: var(--sunken);
}

button.close {
  display: grid;
  width: 28px;
  min-height: 28px;
  padding: 0;
  border-color: transparent;
  background: none;
  color: var(--soft);
  font-weight: 400;
  font-size: 16px;
  place-items: center;
}

button.close:hover {
  background: var(--sunken);
  color: var(--ink);
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 1px;
}

.name {
  display: flex;
  gap: 8px;
  align-items: center;
  font-size: 14px;
  font-weight: 650;
}

.name::before {
  width: 12px;
  height: 12px;
  border-radius: 4px;
  background: var(--accent);
  box-shadow: inset -4px -4px 0 -1px #f3c969;
  content: "";
  flex: none;
}

.spoken {
  position: absolute;
  overflow: hidden;
  width: 1px;
  height: 1px;
  clip-path: inset(50%);
  white-space: nowrap;
}

progress {
  display: block;
  width: 100%;
  height: 3px;
  border: 0;
  border-radius: 2px;
  background: var(--sunken);
  appearance: none;
}

progress::-webkit-progress-bar {
  border-radius: 2px;
  background: var(--sunken);
}

progress::-webkit-progress-value {
  border-radius: 2px;
  background: var(--accent);
  transition: width 0.2s;
}

.problem {
  padding: 9px 11px;
  border: 1px solid color-mix(in srgb, var(--error) 35%, transparent);
  border-radius: 9px;
  background: var(--error-paper);
}

.problem strong {
  display: block;
  color: var(--error);
  font-weight: 600;
}

.problem button {
  margin-top: 8px;
}

@media (forced-colors: active) {
  .surface {
    border-color: CanvasText;
  }

  button.primary {
    border-color: ButtonText;
  }

  .name::before {
    forced-color-adjust: none;
  }

  progress::-webkit-progress-value {
    forced-color-adjust: none;
    background: Highlight;
  }
}

@media (prefers-reduced-motion: reduce) {
  * {
    animation: none !important;
    transition: none !important;
  }
}
`;
