/**
 * The SQL functions a statement may call. An allow-list, because a deny-list cannot see `SELECT my_delete_all()`:
 * anything unknown may write. Every name here only computes, in each dialect that has it.
 */
import { nearestNames } from "./NearestNames.ts"
import { asciiLower } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

const names = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/)

/** Whether `name` (lower case, a schema in front of it joined by a dot) may be called; `more` are allowed besides. */
export const isAllowedFunction = (name: string, more: ReadonlyArray<string>): boolean =>
  builtInFunctions.has(name) || more.some((other) => asciiLower(other) === name)

/** The refusal of a function that is not allowed, with the nearest ones that are. */
export const forbiddenFunction = (name: string, more: ReadonlyArray<string>): SqlRefusal =>
  refuse(
    "forbidden_function",
    `the function "${name}" is not on the list of allowed functions`,
    nearestNames(
      name,
      [...builtInFunctions, ...more].filter((other) => other.startsWith(name.slice(0, 1)))
    )
  )

/** Lower case. `query.allowedFunctions` of the configuration adds to these. */
export const builtInFunctions: ReadonlySet<string> = new Set([
  // aggregates and windows
  ...names(`
    count sum avg min max total median mode group_concat string_agg array_agg json_agg jsonb_agg json_arrayagg
    json_objectagg json_object_agg jsonb_object_agg json_group_array json_group_object stddev stddev_pop stddev_samp
    std variance var_pop var_samp percentile_cont percentile_disc corr covar_pop covar_samp regr_slope regr_intercept
    regr_r2 bool_and bool_or every bit_and bit_or bit_xor any_value grouping row_number rank dense_rank percent_rank
    cume_dist ntile lag lead first_value last_value nth_value
  `),
  // numbers
  ...names(`
    abs ceil ceiling floor round trunc truncate sign sqrt cbrt power pow exp ln log log10 log2 mod div greatest least
    pi degrees radians sin cos tan cot asin acos atan atan2 width_bucket random rand gcd lcm bit_count
  `),
  // text
  ...names(`
    lower upper lcase ucase initcap length char_length character_length octet_length bit_length trim ltrim rtrim btrim
    replace substr substring substring_index mid left right lpad rpad concat concat_ws position strpos instr locate
    field find_in_set elt split_part reverse repeat overlay translate ascii chr char unicode format printf quote hex
    unhex to_hex insert space uuid_to_bin bin_to_uuid gen_random_uuid md5 sha1 sha2 sha256 crc32 soundex starts_with similarity word_similarity levenshtein regexp_replace
    regexp_match regexp_matches regexp_like regexp_substr regexp_count regexp_instr regexp_split_to_array
    regexp_split_to_table string_to_array string_to_table to_tsvector to_tsquery plainto_tsquery websearch_to_tsquery
    phraseto_tsquery ts_rank like_escape similar_to_escape
  `),
  // conditions and conversions
  ...names(`
    row interval match likelihood likely unlikely if coalesce nullif ifnull iif if isnull cast convert typeof pg_typeof to_char to_date to_timestamp to_number
  `),
  // dates
  ...names(`
    date time datetime timestamp julianday strftime unixepoch timediff date_trunc date_part date_bin extract age now
    isfinite current_date current_timestamp current_time localtime localtimestamp clock_timestamp statement_timestamp
    make_date make_time make_timestamp make_interval justify_days justify_hours justify_interval
    year month day hour minute second quarter week weekday weekofyear yearweek dayname monthname dayofweek dayofmonth
    dayofyear last_day date_add date_sub adddate subdate addtime subtime datediff timestampdiff timestampadd
    date_format time_format str_to_date unix_timestamp from_unixtime to_days from_days to_seconds time_to_sec
    sec_to_time makedate maketime period_add period_diff curdate curtime sysdate utc_date utc_timestamp
  `),
  // JSON, arrays and sets
  ...names(`
    json json_array json_object json_extract json_value json_query json_unquote json_keys json_length json_contains
    json_valid json_type json_quote json_each json_tree json_array_length json_array_elements
    json_array_elements_text json_each_text json_extract_path json_extract_path_text json_typeof json_build_object
    json_build_array jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_each jsonb_each_text
    jsonb_extract_path jsonb_extract_path_text jsonb_typeof jsonb_build_object jsonb_build_array jsonb_object_keys
    json_object_keys to_json to_jsonb row_to_json unnest generate_series array_length array_upper array_lower
    array_position array_to_string array_append array_cat array_remove cardinality json_table json_to_record
    json_to_recordset jsonb_to_record jsonb_to_recordset jsonb_path_query jsonb_path_query_array jsonb_path_exists
    jsonb_set jsonb_pretty jsonb_strip_nulls int4range int8range numrange daterange tsrange tstzrange isempty
  `)
])
