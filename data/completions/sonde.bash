# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completes sonde and sonde ask in bash. It needs nothing of bash-completion.

_sonde() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local options values='' files=

  # Bash breaks the line at "=": the option is then one or two words back.
  if [ "$word" = = ]; then
    word=
  elif [ "$before" = = ]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  if [ "${COMP_WORDS[1]}" = ask ] && [ "$COMP_CWORD" -gt 1 ]; then
    options='--model= --thinking= --base-url= --system= --conversation= --file= --prefix= --json --tools=
      --strict --max-tokens= --stop= --temperature= --top-p= --frequency-penalty=
      --presence-penalty= --logprobs= --no-stream --stall-timeout= --retries= --show-reasoning
      --usage --raw --dry-run --help'
  else
    options='--demo --base-url= --prompt= --file= --new-conversation --quick --version --help'
    [ "$COMP_CWORD" -gt 1 ] || options+=' ask'
  fi

  case $before in
    --model | -m) values='deepseek-v4-flash deepseek-v4-pro' ;;
    --thinking | -t) values='off low high max' ;;
    --retries) values='0 1 2 3 4 5' ;;
    --conversation | --file | -f | --tools) files=yes ;;
    --base-url | --prompt | --system | -s | --prefix | --max-tokens | --stop | --temperature | \
      --top-p | --frequency-penalty | --presence-penalty | --logprobs | --stall-timeout) return ;;
    *) values=$options ;;
  esac

  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
  fi
  # After "=" no space: the value follows.
  [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}

complete -F _sonde sonde
