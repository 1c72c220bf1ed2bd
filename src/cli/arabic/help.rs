//! `--help` and wrong usage in Arabic. Every help text of the command line is replaced by its Arabic
//! ([`super::table`]); a test walks all of it, so that nothing is added or reworded in English alone.

use super::{
    isolated,
    table::{arabic, find},
};
use clap::{
    Arg, Command,
    error::{ContextKind, ErrorKind},
};

/// The help that the arguments of this process ask for; none where they ask for none.
pub fn page(command: Command) -> Option<String> {
    let asked = translated(command).try_get_matches().err()?;
    let page = asked.render().to_string();
    Some(
        page.replace("[default: ", "[المبدئي: ")
            .replace("[possible values: ", "[القيم: ")
            .replace("Possible values:", "القيم:"),
    )
}

/// What is wrong with the arguments.
pub fn wrong(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(|value| isolated(&value.to_string())).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("معطى غير معروف: {argument}"),
        ErrorKind::InvalidSubcommand => format!("أمر غير معروف: {}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("ينقص معطى لازم: {argument}"),
        ErrorKind::ArgumentConflict => format!("لا يجتمع {argument} مع {}", context(ContextKind::PriorArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("قيمة لا تصلح لـ {argument}: {}", context(ContextKind::InvalidValue))
        }
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("ينقص {argument} قيمة")
        }
        ErrorKind::TooManyValues => format!("قيم زائدة لـ {argument}"),
        ErrorKind::InvalidUtf8 => "معطى ليس من UTF-8".to_owned(),
        // What is rare keeps clap's own words.
        _ => return error.render().to_string(),
    };
    let values = match error.get(ContextKind::ValidValue) {
        Some(values) => format!("\nالقيم الممكنة: {}", isolated(&values.to_string())),
        None => String::new(),
    };
    format!("rawi: {said}{values}\nللمزيد: {}", isolated("rawi --help"))
}

/// The command line with its help in Arabic.
pub fn translated(mut command: Command) -> Command {
    // Only then are the options there that clap makes itself.
    command.build();
    of_command(command)
}

fn of_command(command: Command) -> Command {
    let about = command.get_about().map(|text| arabic(&text.to_string()));
    let long = command.get_long_about().map(|text| arabic(&text.to_string()));
    let after = command.get_after_help().map(|text| arabic(&text.to_string()));
    let mut command = command
        .help_template("{about-with-newline}\nالاستعمال:\n  {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("الأوامر")
        .mut_args(of_argument)
        .mut_subcommands(of_command);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(long) = long {
        command = command.long_about(long);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command
}

fn of_argument(argument: Arg) -> Arg {
    let heading = match argument.get_help_heading() {
        Some(heading) => find(heading).unwrap_or("أخرى"),
        None if argument.is_positional() => "المعطيات",
        None => "الخيارات",
    };
    let help = argument.get_help().map(|text| arabic(&text.to_string()));
    let long = argument.get_long_help().map(|text| arabic(&text.to_string()));
    let mut argument = argument.help_heading(heading);
    let values = argument.get_possible_values();
    if values.iter().any(|value| value.get_help().is_some()) {
        let values = values.into_iter().map(|value| {
            let help = value.get_help().map(|text| arabic(&text.to_string()));
            if let Some(help) = help { value.help(help) } else { value }
        });
        argument = argument.value_parser(clap::builder::PossibleValuesParser::new(values.collect::<Vec<_>>()));
    }
    if let Some(help) = help {
        argument = argument.help(help);
    }
    if let Some(long) = long {
        argument = argument.long_help(long);
    }
    argument
}
