# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later

set -l ask __fish_seen_subcommand_from ask
set -l window not __fish_seen_subcommand_from ask

complete -c sonde -f
complete -c sonde -n "$window" -a ask -d 'Answer in the terminal'
complete -c sonde -n "$window" -l demo -d 'Use the demo service, which needs no key'
complete -c sonde -n "$window" -l base-url -x -d 'Talk to the service at this address'
complete -c sonde -n "$window" -l prompt -x -d 'Ask this in a new conversation'
complete -c sonde -n "$window" -l file -r -F -d 'Attach this file to the question'
complete -c sonde -n "$window" -l new-conversation -d 'Begin a new conversation'
complete -c sonde -n "$window" -l quick -d 'Ask something in a small window'
complete -c sonde -n "$window" -l version -d 'Print the version'
complete -c sonde -s h -l help -d 'Print the options'

complete -c sonde -n "$ask" -s m -l model -x -a 'deepseek-v4-flash deepseek-v4-pro' -d 'The model that answers'
complete -c sonde -n "$ask" -s t -l thinking -x -a 'off low high max' -d 'How hard it thinks'
complete -c sonde -n "$ask" -l base-url -x -d 'The service to ask'
complete -c sonde -n "$ask" -s s -l system -x -d 'What the model is to be'
complete -c sonde -n "$ask" -l conversation -r -F -d 'What was said before'
complete -c sonde -n "$ask" -s f -l file -r -F -d 'A file that the question is about'
complete -c sonde -n "$ask" -l prefix -x -d 'How the answer begins'
complete -c sonde -n "$ask" -l json -d 'Answer with a JSON object'
complete -c sonde -n "$ask" -l tools -r -F -d 'What the model may call'
complete -c sonde -n "$ask" -l strict -d 'Hold calls to the tools’ schemas'
complete -c sonde -n "$ask" -l max-tokens -x -d 'The most that reasoning and answer may have'
complete -c sonde -n "$ask" -l stop -x -d 'Where the answer ends'
complete -c sonde -n "$ask" -l temperature -x -d 'How freely it chooses its words'
complete -c sonde -n "$ask" -l top-p -x -d 'The share of likely words that it chooses from'
complete -c sonde -n "$ask" -l frequency-penalty -x -d 'How much it avoids frequent words'
complete -c sonde -n "$ask" -l presence-penalty -x -d 'How much it avoids words that were used'
complete -c sonde -n "$ask" -l logprobs -x -d 'Ask for the tokens’ probabilities'
complete -c sonde -n "$ask" -l no-stream -d 'Get the answer in one piece'
complete -c sonde -n "$ask" -l stall-timeout -x -d 'How long the service may be silent'
complete -c sonde -n "$ask" -l retries -x -a '0 1 2 3 4 5' -d 'How often to try again'
complete -c sonde -n "$ask" -l show-reasoning -d 'Print the reasoning to standard error'
complete -c sonde -n "$ask" -l usage -d 'Print the tokens used to standard error'
complete -c sonde -n "$ask" -l raw -d 'Print what happens, a line of JSON for each event'
complete -c sonde -n "$ask" -l dry-run -d 'Print the request and send nothing'
