###-begin-mcp-orchestrator-completions-###
#
# Static completion script for Bash
#
# Installation:
#   mcp-orchestrator --completions bash >> ~/.bashrc
#

if ! type _init_completion &>/dev/null; then
  _init_completion()
  {
    COMPREPLY=()
    local _i _j=0 _piece _line="$COMP_LINE"
    words=("${COMP_WORDS[0]}")
    cword=0
    _line="${_line#*"${COMP_WORDS[0]}"}"
    for ((_i = 1; _i < ${#COMP_WORDS[@]}; _i++)); do
      _piece="${COMP_WORDS[_i]}"
      if [[ "$_line" == [[:blank:]]* ]]; then
        ((_j++))
        words[_j]="$_piece"
      else
        words[_j]="${words[_j]}$_piece"
      fi
      ((_i == COMP_CWORD)) && cword=$_j
      _line="${_line#*"$_piece"}"
    done
    cur="${words[cword]}"
    prev=""
    ((cword > 0)) && prev="${words[cword-1]}"
    return 0
  }
fi

_mcp_orchestrator--choices()
{
  local _cur="$1" _word="$2"; shift 2

  local _head="${_cur%"$_word"}"
  local _open=""
  case "$_head" in
    *\') _open="'" ;;
    *\") _open='"' ;;
  esac

  local _prefix="$_cur" _committed="$_head"
  _prefix=${_prefix//\\/}; _prefix=${_prefix//\"/}; _prefix=${_prefix//\'/}
  _committed=${_committed//\\/}; _committed=${_committed//\"/}; _committed=${_committed//\'/}

  COMPREPLY=()
  local _choice _rest _match
  for _choice in "$@"; do
    [[ "$_choice" == "$_prefix"* ]] || continue
    _rest="${_choice#"$_committed"}"
    case "$_open" in
      "'")
        if [[ "$_head" == "'" ]]; then
          _match=${_rest//\'/\'\\\'\'}
        else
          [[ "$_rest" == *\'* ]] && continue
          _match="$_rest"
        fi
        ;;
      '"')
        _match="${_rest//\\/\\\\}"
        _match="${_match//\$/\\$}"
        _match="${_match//\`/\\\`}"
        _match="${_match//\"/\\\"}"
        ;;
      *)
        printf -v _match '%q' "$_rest"
        [[ -z "$_head" && "$_match" == '~'* ]] && _match="\\$_match"
        ;;
    esac
    [[ -n "$_open" && "$_match" == *"$_open" ]] && _match+="$_open"
    COMPREPLY+=("$_match")
  done
}

_mcp_orchestrator--paths()
{
  local _kind="$1" _cur="$2" _word="$3"

  local _prefix="$_cur" _committed="${_cur%"$_word"}"
  _prefix=${_prefix//\\/}; _prefix=${_prefix//\"/}; _prefix=${_prefix//\'/}
  _committed=${_committed//\\/}; _committed=${_committed//\"/}; _committed=${_committed//\'/}

  local _typed="" _dir="$_committed" _open="" _i
  if [[ "$_word" == */* ]]; then
    _typed="${_word%/*}/"
    _dir="${_prefix%/*}/"
    if [[ "$_cur" == "$_word" ]]; then
      for ((_i = 0; _i < ${#_typed}; _i++)); do
        case "$_open${_typed:_i:1}" in
          \\|\"\\) ((_i += 1)) ;;
          \"|\') _open="${_typed:_i:1}" ;;
          \"\"|\'\') _open="" ;;
        esac
      done
    fi
  fi

  local _path _names=() _rest="${_word#"$_typed"}"
  while IFS= read -r _path; do
    if [[ "$_path" == "$_dir"* ]]; then
      _names+=("$_committed${_path#"$_dir"}")
    elif [[ -z "$_committed" ]]; then
      _names+=("$_path")
      _typed="" _rest="" _open=""
    fi
  done < <(compgen "$_kind" -- "$_prefix")
  if [[ -n "$_open" ]]; then
    _typed+="$_open"
    _rest="${_prefix##*/}"
  fi

  _mcp_orchestrator--choices "${_cur%"$_word"}$_rest" "$_rest" "${_names[@]}"
  for ((_i = 0; _i < ${#COMPREPLY[@]}; _i++)); do
    COMPREPLY[_i]="$_typed${COMPREPLY[_i]}"
  done
}

_mcp_orchestrator()
{
  local cur prev words cword i
  local _command_index=0
  _init_completion -n "$COMP_WORDBREAKS" || return
  local _comp_word="$2"

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  # Subcommand dispatch
  local cmd _skip_next=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    case "${words[i]}" in
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      init)
        _mcp_orchestrator_init "$i"
        return
        ;;
      validate)
        _mcp_orchestrator_validate "$i"
        return
        ;;
      gather)
        _mcp_orchestrator_gather "$i"
        return
        ;;
      resolve)
        _mcp_orchestrator_resolve "$i"
        return
        ;;
      query)
        _mcp_orchestrator_query "$i"
        return
        ;;
      vocabulary)
        _mcp_orchestrator_vocabulary "$i"
        return
        ;;
      health)
        _mcp_orchestrator_health "$i"
        return
        ;;
      tools)
        _mcp_orchestrator_tools "$i"
        return
        ;;
      resources)
        _mcp_orchestrator_resources "$i"
        return
        ;;
      read)
        _mcp_orchestrator_read "$i"
        return
        ;;
      call)
        _mcp_orchestrator_call "$i"
        return
        ;;
      config)
        _mcp_orchestrator_config "$i"
        return
        ;;
      logs)
        _mcp_orchestrator_logs "$i"
        return
        ;;
      serve)
        _mcp_orchestrator_serve "$i"
        return
        ;;
      batch)
        _mcp_orchestrator_batch "$i"
        return
        ;;
      demo)
        _mcp_orchestrator_demo "$i"
        return
        ;;
    esac
  done

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --config|-c) _used_0=1 ;;
      --log-level) _used_1=1 ;;
      --json-logs|--no-json-logs) _used_2=1 ;;
      --verbose|-v|--no-verbose) _used_3=1 ;;
      --quiet|-q|--no-quiet) _used_4=1 ;;
      --help|-h|--no-help) _used_5=1 ;;
      --version|-V|--no-version) _used_6=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  COMPREPLY=( $(compgen -W 'init validate gather resolve query vocabulary health tools resources read call config logs serve batch demo' -- "$cur") )
}

_mcp_orchestrator_init()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --from)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10="" _used_11=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --from) _used_0=1 ;;
      --server) _used_1=1 ;;
      --header) _used_2=1 ;;
      --connect|--no-connect) _used_3=1 ;;
      --force|--no-force) _used_4=1 ;;
      --config|-c) _used_5=1 ;;
      --log-level) _used_6=1 ;;
      --json-logs|--no-json-logs) _used_7=1 ;;
      --verbose|-v|--no-verbose) _used_8=1 ;;
      --quiet|-q|--no-quiet) _used_9=1 ;;
      --help|-h|--no-help) _used_10=1 ;;
      --version|-V|--no-version) _used_11=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --from"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --server"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --header"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --connect --no-connect"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --force --no-force"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_11" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  # Positional argument completions
  local _position=0 _skip_next=0 _end_of_options=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    if (( _end_of_options )); then
      ((_position += 1))
      continue
    fi
    case "${words[i]}" in
      --) _end_of_options=1 ;;
      --from) _skip_next=1 ;;
      --from=*) ;;
      --server) _skip_next=1 ;;
      --server=*) ;;
      --header) _skip_next=1 ;;
      --header=*) ;;
      --connect|--no-connect) ;;
      --force|--no-force) ;;
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      --json-logs|--no-json-logs) ;;
      --verbose|-v|--no-verbose) ;;
      --quiet|-q|--no-quiet) ;;
      --help|-h|--no-help) ;;
      --version|-V|--no-version) ;;
      -*) ;;
      *) ((_position += 1)) ;;
    esac
  done
  case "$_position" in
    0)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac
}

_mcp_orchestrator_validate()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --connect|--no-connect) _used_0=1 ;;
      --json|--no-json) _used_1=1 ;;
      --format) _used_2=1 ;;
      --config|-c) _used_3=1 ;;
      --log-level) _used_4=1 ;;
      --json-logs|--no-json-logs) _used_5=1 ;;
      --verbose|-v|--no-verbose) _used_6=1 ;;
      --quiet|-q|--no-quiet) _used_7=1 ;;
      --help|-h|--no-help) _used_8=1 ;;
      --version|-V|--no-version) _used_9=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --connect --no-connect"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  # Positional argument completions
  local _position=0 _skip_next=0 _end_of_options=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    if (( _end_of_options )); then
      ((_position += 1))
      continue
    fi
    case "${words[i]}" in
      --) _end_of_options=1 ;;
      --connect|--no-connect) ;;
      --json|--no-json) ;;
      --format) _skip_next=1 ;;
      --format=*) ;;
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      --json-logs|--no-json-logs) ;;
      --verbose|-v|--no-verbose) ;;
      --quiet|-q|--no-quiet) ;;
      --help|-h|--no-help) ;;
      --version|-V|--no-version) ;;
      -*) ;;
      *) ((_position += 1)) ;;
    esac
  done
  case "$_position" in
    0)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac
}

_mcp_orchestrator_gather()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --json|--no-json) _used_0=1 ;;
      --format) _used_1=1 ;;
      --config|-c) _used_2=1 ;;
      --log-level) _used_3=1 ;;
      --json-logs|--no-json-logs) _used_4=1 ;;
      --verbose|-v|--no-verbose) _used_5=1 ;;
      --quiet|-q|--no-quiet) _used_6=1 ;;
      --help|-h|--no-help) _used_7=1 ;;
      --version|-V|--no-version) _used_8=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_resolve()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --type) _used_0=1 ;;
      --json|--no-json) _used_1=1 ;;
      --config|-c) _used_2=1 ;;
      --log-level) _used_3=1 ;;
      --json-logs|--no-json-logs) _used_4=1 ;;
      --verbose|-v|--no-verbose) _used_5=1 ;;
      --quiet|-q|--no-quiet) _used_6=1 ;;
      --help|-h|--no-help) _used_7=1 ;;
      --version|-V|--no-version) _used_8=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --type"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_query()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --dry-run|--no-dry-run) _used_0=1 ;;
      --json|--no-json) _used_1=1 ;;
      --format) _used_2=1 ;;
      --config|-c) _used_3=1 ;;
      --log-level) _used_4=1 ;;
      --json-logs|--no-json-logs) _used_5=1 ;;
      --verbose|-v|--no-verbose) _used_6=1 ;;
      --quiet|-q|--no-quiet) _used_7=1 ;;
      --help|-h|--no-help) _used_8=1 ;;
      --version|-V|--no-version) _used_9=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --dry-run --no-dry-run"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_vocabulary()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --json|--no-json) _used_0=1 ;;
      --config|-c) _used_1=1 ;;
      --log-level) _used_2=1 ;;
      --json-logs|--no-json-logs) _used_3=1 ;;
      --verbose|-v|--no-verbose) _used_4=1 ;;
      --quiet|-q|--no-quiet) _used_5=1 ;;
      --help|-h|--no-help) _used_6=1 ;;
      --version|-V|--no-version) _used_7=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_health()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --json|--no-json) _used_0=1 ;;
      --format) _used_1=1 ;;
      --config|-c) _used_2=1 ;;
      --log-level) _used_3=1 ;;
      --json-logs|--no-json-logs) _used_4=1 ;;
      --verbose|-v|--no-verbose) _used_5=1 ;;
      --quiet|-q|--no-quiet) _used_6=1 ;;
      --help|-h|--no-help) _used_7=1 ;;
      --version|-V|--no-version) _used_8=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_tools()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10="" _used_11=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --server) _used_0=1 ;;
      --url) _used_1=1 ;;
      --header) _used_2=1 ;;
      --json|--no-json) _used_3=1 ;;
      --format) _used_4=1 ;;
      --config|-c) _used_5=1 ;;
      --log-level) _used_6=1 ;;
      --json-logs|--no-json-logs) _used_7=1 ;;
      --verbose|-v|--no-verbose) _used_8=1 ;;
      --quiet|-q|--no-quiet) _used_9=1 ;;
      --help|-h|--no-help) _used_10=1 ;;
      --version|-V|--no-version) _used_11=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --server"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --url"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --header"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_11" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_resources()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10="" _used_11=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --server) _used_0=1 ;;
      --url) _used_1=1 ;;
      --header) _used_2=1 ;;
      --json|--no-json) _used_3=1 ;;
      --format) _used_4=1 ;;
      --config|-c) _used_5=1 ;;
      --log-level) _used_6=1 ;;
      --json-logs|--no-json-logs) _used_7=1 ;;
      --verbose|-v|--no-verbose) _used_8=1 ;;
      --quiet|-q|--no-quiet) _used_9=1 ;;
      --help|-h|--no-help) _used_10=1 ;;
      --version|-V|--no-version) _used_11=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --server"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --url"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --header"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_11" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_read()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --server) _used_0=1 ;;
      --url) _used_1=1 ;;
      --header) _used_2=1 ;;
      --json|--no-json) _used_3=1 ;;
      --config|-c) _used_4=1 ;;
      --log-level) _used_5=1 ;;
      --json-logs|--no-json-logs) _used_6=1 ;;
      --verbose|-v|--no-verbose) _used_7=1 ;;
      --quiet|-q|--no-quiet) _used_8=1 ;;
      --help|-h|--no-help) _used_9=1 ;;
      --version|-V|--no-version) _used_10=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --server"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --url"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --header"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_call()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10="" _used_11=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --server) _used_0=1 ;;
      --url) _used_1=1 ;;
      --header) _used_2=1 ;;
      --json|--no-json) _used_3=1 ;;
      --format) _used_4=1 ;;
      --config|-c) _used_5=1 ;;
      --log-level) _used_6=1 ;;
      --json-logs|--no-json-logs) _used_7=1 ;;
      --verbose|-v|--no-verbose) _used_8=1 ;;
      --quiet|-q|--no-quiet) _used_9=1 ;;
      --help|-h|--no-help) _used_10=1 ;;
      --version|-V|--no-version) _used_11=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --server"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --url"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --header"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_11" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_config()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  # Subcommand dispatch
  local cmd _skip_next=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    case "${words[i]}" in
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      show)
        _mcp_orchestrator_config_show "$i"
        return
        ;;
      schema)
        _mcp_orchestrator_config_schema "$i"
        return
        ;;
    esac
  done

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --config|-c) _used_0=1 ;;
      --log-level) _used_1=1 ;;
      --json-logs|--no-json-logs) _used_2=1 ;;
      --verbose|-v|--no-verbose) _used_3=1 ;;
      --quiet|-q|--no-quiet) _used_4=1 ;;
      --help|-h|--no-help) _used_5=1 ;;
      --version|-V|--no-version) _used_6=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  COMPREPLY=( $(compgen -W 'show schema' -- "$cur") )
}

_mcp_orchestrator_config_show()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --json|--no-json) _used_0=1 ;;
      --format) _used_1=1 ;;
      --config|-c) _used_2=1 ;;
      --log-level) _used_3=1 ;;
      --json-logs|--no-json-logs) _used_4=1 ;;
      --verbose|-v|--no-verbose) _used_5=1 ;;
      --quiet|-q|--no-quiet) _used_6=1 ;;
      --help|-h|--no-help) _used_7=1 ;;
      --version|-V|--no-version) _used_8=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_config_schema()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --json|--no-json) _used_0=1 ;;
      --config|-c) _used_1=1 ;;
      --log-level) _used_2=1 ;;
      --json-logs|--no-json-logs) _used_3=1 ;;
      --verbose|-v|--no-verbose) _used_4=1 ;;
      --quiet|-q|--no-quiet) _used_5=1 ;;
      --help|-h|--no-help) _used_6=1 ;;
      --version|-V|--no-version) _used_7=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_logs()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  # Subcommand dispatch
  local cmd _skip_next=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    case "${words[i]}" in
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      summary)
        _mcp_orchestrator_logs_summary "$i"
        return
        ;;
    esac
  done

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --config|-c) _used_0=1 ;;
      --log-level) _used_1=1 ;;
      --json-logs|--no-json-logs) _used_2=1 ;;
      --verbose|-v|--no-verbose) _used_3=1 ;;
      --quiet|-q|--no-quiet) _used_4=1 ;;
      --help|-h|--no-help) _used_5=1 ;;
      --version|-V|--no-version) _used_6=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  COMPREPLY=( $(compgen -W 'summary' -- "$cur") )
}

_mcp_orchestrator_logs_summary()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --waterfall) _used_0=1 ;;
      --json|--no-json) _used_1=1 ;;
      --format) _used_2=1 ;;
      --config|-c) _used_3=1 ;;
      --log-level) _used_4=1 ;;
      --json-logs|--no-json-logs) _used_5=1 ;;
      --verbose|-v|--no-verbose) _used_6=1 ;;
      --quiet|-q|--no-quiet) _used_7=1 ;;
      --help|-h|--no-help) _used_8=1 ;;
      --version|-V|--no-version) _used_9=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --waterfall"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  # Positional argument completions
  local _position=0 _skip_next=0 _end_of_options=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    if (( _end_of_options )); then
      ((_position += 1))
      continue
    fi
    case "${words[i]}" in
      --) _end_of_options=1 ;;
      --waterfall) _skip_next=1 ;;
      --waterfall=*) ;;
      --json|--no-json) ;;
      --format) _skip_next=1 ;;
      --format=*) ;;
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      --json-logs|--no-json-logs) ;;
      --verbose|-v|--no-verbose) ;;
      --quiet|-q|--no-quiet) ;;
      --help|-h|--no-help) ;;
      --version|-V|--no-version) ;;
      -*) ;;
      *) ((_position += 1)) ;;
    esac
  done
  case "$_position" in
  esac
  if (( _position >= 0 )); then
    _mcp_orchestrator--paths -f "$cur" "$_comp_word"
    return
  fi
}

_mcp_orchestrator_serve()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10="" _used_11="" _used_12=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --host) _used_0=1 ;;
      --port) _used_1=1 ;;
      --token-env) _used_2=1 ;;
      --console|--no-console) _used_3=1 ;;
      --wait|--no-wait) _used_4=1 ;;
      --workers) _used_5=1 ;;
      --config|-c) _used_6=1 ;;
      --log-level) _used_7=1 ;;
      --json-logs|--no-json-logs) _used_8=1 ;;
      --verbose|-v|--no-verbose) _used_9=1 ;;
      --quiet|-q|--no-quiet) _used_10=1 ;;
      --help|-h|--no-help) _used_11=1 ;;
      --version|-V|--no-version) _used_12=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --host"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --port"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --token-env"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --console --no-console"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --wait --no-wait"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --workers"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_11" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_12" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_batch()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  # Subcommand dispatch
  local cmd _skip_next=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    case "${words[i]}" in
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      submit)
        _mcp_orchestrator_batch_submit "$i"
        return
        ;;
      work)
        _mcp_orchestrator_batch_work "$i"
        return
        ;;
      status)
        _mcp_orchestrator_batch_status "$i"
        return
        ;;
      results)
        _mcp_orchestrator_batch_results "$i"
        return
        ;;
      cancel)
        _mcp_orchestrator_batch_cancel "$i"
        return
        ;;
      retry)
        _mcp_orchestrator_batch_retry "$i"
        return
        ;;
    esac
  done

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --config|-c) _used_0=1 ;;
      --log-level) _used_1=1 ;;
      --json-logs|--no-json-logs) _used_2=1 ;;
      --verbose|-v|--no-verbose) _used_3=1 ;;
      --quiet|-q|--no-quiet) _used_4=1 ;;
      --help|-h|--no-help) _used_5=1 ;;
      --version|-V|--no-version) _used_6=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  COMPREPLY=( $(compgen -W 'submit work status results cancel retry' -- "$cur") )
}

_mcp_orchestrator_batch_submit()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --priority)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'high' 'normal' 'low'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --batch) _used_0=1 ;;
      --priority) _used_1=1 ;;
      --store) _used_2=1 ;;
      --json|--no-json) _used_3=1 ;;
      --config|-c) _used_4=1 ;;
      --log-level) _used_5=1 ;;
      --json-logs|--no-json-logs) _used_6=1 ;;
      --verbose|-v|--no-verbose) _used_7=1 ;;
      --quiet|-q|--no-quiet) _used_8=1 ;;
      --help|-h|--no-help) _used_9=1 ;;
      --version|-V|--no-version) _used_10=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --batch"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --priority"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --store"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

  # Positional argument completions
  local _position=0 _skip_next=0 _end_of_options=0
  for ((i = _command_index + 1; i < cword; i++)); do
    if (( _skip_next )); then
      _skip_next=0
      continue
    fi
    if (( _end_of_options )); then
      ((_position += 1))
      continue
    fi
    case "${words[i]}" in
      --) _end_of_options=1 ;;
      --batch) _skip_next=1 ;;
      --batch=*) ;;
      --priority) _skip_next=1 ;;
      --priority=*) ;;
      --store) _skip_next=1 ;;
      --store=*) ;;
      --json|--no-json) ;;
      --config|-c) _skip_next=1 ;;
      --config=*|-c=*) ;;
      --log-level) _skip_next=1 ;;
      --log-level=*) ;;
      --json-logs|--no-json-logs) ;;
      --verbose|-v|--no-verbose) ;;
      --quiet|-q|--no-quiet) ;;
      --help|-h|--no-help) ;;
      --version|-V|--no-version) ;;
      -*) ;;
      *) ((_position += 1)) ;;
    esac
  done
  case "$_position" in
    0)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac
}

_mcp_orchestrator_batch_work()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9="" _used_10="" _used_11="" _used_12=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --concurrency) _used_0=1 ;;
      --attempts) _used_1=1 ;;
      --keep|--no-keep) _used_2=1 ;;
      --store) _used_3=1 ;;
      --json|--no-json) _used_4=1 ;;
      --format) _used_5=1 ;;
      --config|-c) _used_6=1 ;;
      --log-level) _used_7=1 ;;
      --json-logs|--no-json-logs) _used_8=1 ;;
      --verbose|-v|--no-verbose) _used_9=1 ;;
      --quiet|-q|--no-quiet) _used_10=1 ;;
      --help|-h|--no-help) _used_11=1 ;;
      --version|-V|--no-version) _used_12=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --concurrency"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --attempts"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --keep --no-keep"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --store"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_10" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_11" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_12" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_batch_status()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'table' 'json' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --store) _used_0=1 ;;
      --json|--no-json) _used_1=1 ;;
      --format) _used_2=1 ;;
      --config|-c) _used_3=1 ;;
      --log-level) _used_4=1 ;;
      --json-logs|--no-json-logs) _used_5=1 ;;
      --verbose|-v|--no-verbose) _used_6=1 ;;
      --quiet|-q|--no-quiet) _used_7=1 ;;
      --help|-h|--no-help) _used_8=1 ;;
      --version|-V|--no-version) _used_9=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --store"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_batch_results()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --format)
      _mcp_orchestrator--choices "$cur" "$_comp_word" 'jsonl' 'csv' 'markdown'
      return
      ;;
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8="" _used_9=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --format) _used_0=1 ;;
      --store) _used_1=1 ;;
      --json|--no-json) _used_2=1 ;;
      --config|-c) _used_3=1 ;;
      --log-level) _used_4=1 ;;
      --json-logs|--no-json-logs) _used_5=1 ;;
      --verbose|-v|--no-verbose) _used_6=1 ;;
      --quiet|-q|--no-quiet) _used_7=1 ;;
      --help|-h|--no-help) _used_8=1 ;;
      --version|-V|--no-version) _used_9=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --format"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --store"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_9" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_batch_cancel()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --store) _used_0=1 ;;
      --json|--no-json) _used_1=1 ;;
      --config|-c) _used_2=1 ;;
      --log-level) _used_3=1 ;;
      --json-logs|--no-json-logs) _used_4=1 ;;
      --verbose|-v|--no-verbose) _used_5=1 ;;
      --quiet|-q|--no-quiet) _used_6=1 ;;
      --help|-h|--no-help) _used_7=1 ;;
      --version|-V|--no-version) _used_8=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --store"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_batch_retry()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7="" _used_8=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --store) _used_0=1 ;;
      --json|--no-json) _used_1=1 ;;
      --config|-c) _used_2=1 ;;
      --log-level) _used_3=1 ;;
      --json-logs|--no-json-logs) _used_4=1 ;;
      --verbose|-v|--no-verbose) _used_5=1 ;;
      --quiet|-q|--no-quiet) _used_6=1 ;;
      --help|-h|--no-help) _used_7=1 ;;
      --version|-V|--no-version) _used_8=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --store"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --json --no-json"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_8" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

_mcp_orchestrator_demo()
{
  local cur prev words cword i
  local _command_index="$1"
  _init_completion -n "$COMP_WORDBREAKS" || return

  # Flag value completions
  case "$prev" in
    --config|-c)
      _mcp_orchestrator--paths -f "$cur" "$_comp_word"
      return
      ;;
  esac

  local _used_0="" _used_1="" _used_2="" _used_3="" _used_4="" _used_5="" _used_6="" _used_7=""
  for ((i = 1; i < cword; i++)); do
    case "${words[i]%%=*}" in
      --keep|--no-keep) _used_0=1 ;;
      --config|-c) _used_1=1 ;;
      --log-level) _used_2=1 ;;
      --json-logs|--no-json-logs) _used_3=1 ;;
      --verbose|-v|--no-verbose) _used_4=1 ;;
      --quiet|-q|--no-quiet) _used_5=1 ;;
      --help|-h|--no-help) _used_6=1 ;;
      --version|-V|--no-version) _used_7=1 ;;
    esac
  done
  local _filtered_flags=""
  [[ -n "$_used_0" ]] || _filtered_flags+=" --keep --no-keep"
  [[ -n "$_used_1" ]] || _filtered_flags+=" --config -c"
  [[ -n "$_used_2" ]] || _filtered_flags+=" --log-level"
  [[ -n "$_used_3" ]] || _filtered_flags+=" --json-logs --no-json-logs"
  [[ -n "$_used_4" ]] || _filtered_flags+=" --verbose -v --no-verbose"
  [[ -n "$_used_5" ]] || _filtered_flags+=" --quiet -q --no-quiet"
  [[ -n "$_used_6" ]] || _filtered_flags+=" --help -h --no-help"
  [[ -n "$_used_7" ]] || _filtered_flags+=" --version -V --no-version"

  # Complete flags (filtered) and subcommands
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$_filtered_flags" -- "$cur") )
    return
  fi

}

complete -F _mcp_orchestrator mcp-orchestrator
###-end-mcp-orchestrator-completions-###
